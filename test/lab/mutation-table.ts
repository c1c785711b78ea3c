/** A step, and the test that has to fail without it. */
export interface Mutation {
  readonly without: string;
  /** Of a test's file, without `.test.ts`. */
  readonly file: string;
  /** A regular expression over the titles of the file's tests. */
  readonly test: string;
}

const of = (file: string, pairs: readonly (readonly [test: string, without: string])[]) =>
  pairs.map(([test, without]): Mutation => ({ file, test, without }));

const GROUND = "Check the NIC, the names and the shared directories";
const OURS = "Refuse anything but this pair's own shared data";
const HELD = "Refuse while another machine holds the virtual IP";
const STILL_WRITES = "Refuse a takeover from a host that may still write";
const CLEAR = "Take away what is left, and look again";
const TAKE = "Take the owner record, and hand its epoch to this host";
const SERVED = "Wait until xCAT is served from the virtual IP on the right database";
const START = "Start the pair's services on this host";
const FAIL_WHEN_WRONG = "Fail when something is wrong, nobody serves, or it cannot be known";
const BOOT = "Keep the pair's units from starting at boot";

/** For each test what it guards. */
export const mutations: readonly Mutation[] = [
  ...of("failover-reachable", [
    ["xcatd is dead", CLEAR],
    ["the database is dead", CLEAR],
    ["keeps the shared data open", CLEAR],
    ["is read-only", TAKE],
    ["file system is full", "line:environment: {TMPDIR: /run}"],
  ]),
  ...of("failover-unreachable", [
    ["it crashed", STILL_WRITES],
    ["its cable is cut", STILL_WRITES],
    ["brings it back", "Restart the host that does not answer"],
    ["cuts its power: taken", "Take it for fenced if its power was cut and its status says off"],
    ["while the status says on", STILL_WRITES],
    ["there is none to cut its power", STILL_WRITES],
    ["fails to cut its power: refused", STILL_WRITES],
    ["cannot tell: refused", STILL_WRITES],
    ["while the status says off: refused", STILL_WRITES],
  ]),
  ...of("returning-host", [
    ["after a crash", "Deactivate what is left of an earlier time"],
    ["after its cable was cut", "Deactivate what is left of an earlier time"],
    ["before anybody took over", START],
    ["still running", FAIL_WHEN_WRONG],
  ]),
  ...of("refusals", [
    ["answers ping", HELD],
    ["answers ARP alone", HELD],
    ["is not mounted", OURS],
    ["is missing", OURS],
    ["is empty", OURS],
    ["another pair's", OURS],
    ["is read-only", GROUND],
    ["another database", "Refuse shared data on another database"],
    ["versions differ", "Refuse another version of xCAT than the pair was served with"],
    ["platform is not", "Refuse a host that is not as the model says"],
    ["NIC does not exist", GROUND],
    ["resolves elsewhere", GROUND],
    ["SELinux", GROUND],
    ["AppArmor", GROUND],
    ["clocks are apart", "Refuse hosts whose clocks are apart"],
    ["no host of the pair", "Refuse one host alone, and names of no host of the pair"],
    ["limited to one host", "Refuse one host alone, and names of no host of the pair"],
    ["begun in the middle", "Refuse a run that was begun in the middle"],
    ["no inventory names", "Refuse an inventory without a pair"],
    ["the peer is active", "Refuse while the peer is active"],
    ["the peer is active", "Refuse while the owner record names the peer"],
  ]),
  ...of("undo", [
    ["in a failover, since xcatd fails", "Activate the host that had it"],
    ["in a failover, since the database does not start", "Give the owner record back"],
    ["in a failover, since the database never answers", "Activate the host that had it"],
    ["says so when xcatd", "Fail with the reason"],
    ["by itself, since xcatd fails", SERVED],
    ["by itself, since the database never answers", SERVED],
    ["by itself, since the database does not start", SERVED],
    ["at makedns", "Tell which services did not start"],
    ["at makedhcp", "Tell which services did not start"],
    ["at makeconservercf", "Tell which services did not start"],
    ["on the active host changes nothing", "Remember how the host was before"],
    ["was killed with the virtual IP up", START],
  ]),
  ...of("suspended", [["Remember how the host was", TAKE]]),
  ...of("check-mode", [
    ["on bare hosts", "End the check here"],
    ["on a pair", START],
  ]),
  ...of("cluster-agents", [["status, activate", "Give the owner record back"]]),
  ...of("own-ha-story", [
    ["goes on after a failover", START],
    ["goes on after a failover", "Wait for DNS, DHCP, the console and what else the pair serves"],
  ]),
  ...of("data", [["is the same", "Copy the directories to the shared data"]]),
  ...of("interrupted", [
    ["setup.yml", "Install the drop-ins of the pair's services"],
    ["failover.yml", TAKE],
  ]),
  ...of("upkeep", [
    ["on the standby", FAIL_WHEN_WRONG],
    ["on the active host", BOOT],
    ["are in step", "Know the peer's host keys"],
    ["are in step", "Ask the virtual IP for names as well (/etc/resolv.conf)"],
    ["go with the service", START],
    ["not the same on both", "Show the pair"],
    ["nightly dump", "Write the script that dumps xCAT's tables"],
  ]),
  ...of("runbook", [
    ["a planned failover", "Show the pair"],
    ["a host that crashed", STILL_WRITES],
  ]),
  ...of("status", [
    ["dhcpd was killed", FAIL_WHEN_WRONG],
    ["is told as running", CLEAR],
    [
      "are told, are on the shared data",
      "Bring renewed certificates of root onto the shared data (/root/.xcat)",
    ],
  ]),
  ...of("upgrade", [
    [
      "brings both hosts",
      "Let xCAT bring its tables and boot images up to date, and look for lost rows",
    ],
    ["brings both hosts", "Upgrade xCAT and the database's server"],
    ["cannot upgrade the standby", "Upgrade xCAT and the database's server"],
    ["by hand", "Refuse another version of xCAT than the pair was served with"],
  ]),
  ...of("variants-debian12", [
    ["var-mariadb-disk$", "Let MariaDB listen on the virtual IP"],
    ["var-sqlite$", START],
    ["var-mariadb-disk$", "Unmount the shared data"],
  ]),
  ...of("variants-flavours", [
    ["var-el9$", "Initialise PostgreSQL's data directory"],
    ["var-ubuntu24$", "Make the virtual IP the server that xCAT's tables name"],
  ]),
  ...of("main-job", [
    ["setup.yml makes|failover.yml", "Stop the owner's unit, and with it all the parts"],
    ["setup.yml makes|again changes nothing", "line:changed_when: false"],
    ["setup.yml makes|crashed", "Install the drop-ins of the pair's services"],
  ]),
  ...of("traps-database", [
    [".*", "Move xCAT's tables to PostgreSQL, and compare every row"],
    [".*", "Make xCAT's database in PostgreSQL, and let the pair's addresses in"],
    [".*", "line:no_log: true"],
  ]),
  ...of("other-database", [
    [".*", "Stop an earlier database, and take its directories off the shared data's links"],
  ]),
  ...of("traps-earlier", [
    ["on SQLite", "Go back to where an interrupted move of the tables began"],
    ["on PostgreSQL", "Make xCAT's database in PostgreSQL, and let the pair's addresses in"],
    ["on MariaDB", "Make xCAT's database in MariaDB, and let the pair's addresses in"],
    ["does not let root in", "Stop with the reason if `database prepare` failed"],
  ]),
  ...of("traps-install", [
    ["is refused before", "Check the database password"],
    ["content without xCAT", "Check that xCAT is there"],
    ["writes nothing is", "Make the virtual IP the server that xCAT's tables name"],
    ["says the cause last", "Tell it last"],
    ["to a network", "Make the virtual IP the server that xCAT's tables name"],
  ]),
  ...of("traps-sharing", [
    [".*", "Check that there is room, and that nothing is overwritten"],
    [".*", "Copy the directories to the shared data"],
  ]),
];
