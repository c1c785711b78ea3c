import type { Service } from "../../catalog/types.js";
import { refusals } from "../refusals.js";
import { furtherNumbers, type Site } from "../site.js";
import { refuse, step } from "../step.js";
import type { Role, Step } from "../types.js";
import { kitStep } from "./kit.js";
import { clocksStep } from "./status.js";

const names = ({ pair }: Site): readonly Step[] => [
  step({
    id: "hosts",
    title: "Write both hosts and the virtual IP into /etc/hosts",
    effect: "Both hosts and the virtual IP resolve without DNS.",
    template: "standby/hosts",
    data: { further: furtherNumbers(pair) },
  }),
  step({
    id: "own-name",
    title: "Keep the host's own name for the next boot (/etc/hostname)",
    effect: "The host boots with its own name.",
    template: "standby/own-name",
  }),
  step({
    id: "name-order",
    title: "Resolve names by /etc/hosts before DNS",
    effect: "/etc/nsswitch.conf asks files first.",
    template: "standby/name-order",
  }),
  step({
    id: "keys",
    title: "Trust the peer's root by ssh",
    effect: "Each host's root key is authorised, and each host's key known, on the other.",
    bound: 240,
    template: "standby/keys",
  }),
];

const clock = (site: Site): readonly Step[] => [
  ...(site.pair.ntp === "none"
    ? []
    : [
        step({
          id: "clock",
          title: `Keep the clock in step (${site.platform.ntp.unit})`,
          effect: "chrony runs and starts at boot.",
          bound: site.pair.timeouts.start,
          template: "standby/clock",
          data: { unit: site.platform.ntp.unit },
        }),
      ]),
  clocksStep(site),
];

/** Servers that packages start beside the chosen ones, and that would take their ports. */
const unused = ({ pair, platform }: Site): readonly Step[] => {
  const others = <Name extends string>(
    chosen: Name | "none",
    known: Readonly<Partial<Record<Name, Service>>>,
  ): readonly Service[] =>
    chosen === "none"
      ? []
      : Object.entries<Service | undefined>(known).flatMap(([name, service]) =>
          service === undefined || name === chosen ? [] : [service],
        );
  const services = [
    ...(pair.tftp ? [platform.tftp] : []),
    ...others(pair.dhcp, platform.dhcp),
    ...others(pair.console, platform.console),
  ];
  const units = services.flatMap((service) => [...service.also, service.unit]);
  if (units.length === 0) return [];
  return [
    step({
      id: "unused",
      title: `Keep servers off that the pair does not use (${units.join(", ")})`,
      effect: "No other TFTP, DHCP or console server holds a port of the pair's.",
      bound: 120,
      template: "standby/stop-unused",
      data: { units },
    }),
  ];
};

const backup = ({ pair }: Site): readonly Step[] =>
  pair.backup === null
    ? []
    : [
        step({
          id: "backup",
          title: `Dump xCAT's tables every night at ${pair.backup.time} while this host is active`,
          effect: `${pair.backup.path} holds a dump for each of the last ${pair.backup.keep} days on which this host was active.`,
          undo: "systemctl disable --now xcatha-dump.timer ends it; the dumps are kept.",
          template: "standby/backup",
          data: { ...pair.backup },
        }),
      ];

/** PostgreSQL is told by a program, with the addresses that it lets in. */
export const databaseListens = ({ pair, engine }: Site): readonly Step[] =>
  pair.database === "mariadb" && engine
    ? [
        step({
          id: "database-listens",
          title: "Let MariaDB listen on the virtual IP",
          effect: "MariaDB listens on all addresses of whichever host is active.",
          template: "standby/database-listens",
          data: { file: engine.configFile },
        }),
      ]
    : [];

const guard = (site: Site): readonly Step[] => [
  kitStep(),
  step({
    id: "loopback",
    title: "Take the pair's names off 127.0.1.1 (/etc/hosts)",
    effect: "No name of a host or of the virtual IP means a loopback address.",
    undo: "A copy of the file as it was stays beside it.",
    bound: 30,
    template: "standby/loopback",
  }),
  step({
    id: "resolver",
    title: "Ask the virtual IP for names as well (/etc/resolv.conf)",
    effect:
      "The cluster's names resolve on this host while its peer is active, also after what writes the file did so again.",
    bound: 60,
    template: "standby/resolver",
  }),
  step({
    id: "keep-identity",
    title: "Keep the virtual IP and the hostname from the network's own programs",
    effect:
      "systemd-networkd keeps addresses that it did not bring, and NetworkManager leaves the hostname alone.",
    undo: "Removing the drop-ins 50-xcatha.conf below /etc/systemd/network and /etc/NetworkManager undoes it.",
    template: "standby/keep-identity",
  }),
  ...databaseListens(site).map((each) => ({
    ...each,
    from: { role: "standby", stage: "database" },
  })),
  step({
    id: "guard",
    title: "Guard the pair's units against starting on a standby host",
    effect: "The units start only on the host that owns the pair.",
    undo: "Removing the drop-ins 50-xcatha.conf takes the guard away.",
    template: "standby/guard",
  }),
  step({
    id: "boot",
    title: "Keep the pair's units from starting at boot",
    effect: "No unit of the pair is enabled.",
    bound: 120,
    template: "standby/boot",
    data: { register: "__standby_boot" },
  }),
  ...unused(site),
];

/** Prepares a host to be standby, and makes sure that it is. */
export const standbyRole = (site: Site): Role => ({
  name: "standby",
  summary:
    "Prepares this host to take over at any time, and makes sure that it serves nothing now.",
  why: [
    "An active host is refused: standby would take its service away. Names, keys and the clock",
    "come first, since what follows relies on them; then the guard, before anything is stopped,",
    "so that nothing starts again behind it. The role deactivate does the stopping.",
  ],
  stages: [
    {
      id: "preflight",
      title: "Refuse an active host",
      entry: "main",
      inline: true,
      steps: [
        refuse({
          id: "refuse-active",
          title: "Refuse the active host",
          effect: "This host is not active.",
          refusal: refusals(site)["refuse-active"],
        }),
      ],
    },
    { id: "names", title: "Agree on names and trust", entry: "main", steps: names(site) },
    { id: "clock", title: "Agree on the time", entry: "main", steps: clock(site) },
    {
      id: "prepare",
      title: "Keep the pair's services from starting by themselves",
      entry: "main",
      steps: guard(site),
    },
    {
      id: "backup",
      title: "Dump xCAT's tables every night",
      entry: "main",
      steps: backup(site),
    },
    {
      id: "database",
      title: "Let the database be reached on the virtual IP",
      entry: "separate",
      steps: databaseListens(site),
    },
    {
      id: "stop",
      title: "Stop what still runs",
      entry: "main",
      inline: true,
      steps: [
        step({
          id: "deactivate",
          title: "Deactivate what is left of an earlier time",
          effect: "Nothing of the pair runs here.",
          bound: 60,
          template: "standby/deactivate",
        }),
      ],
    },
    {
      id: "trust",
      title: "Check the way to the peer",
      entry: "main",
      inline: true,
      steps: [
        step({
          id: "keys-check",
          title: "Check that root reaches the peer by ssh",
          effect: "Root's ssh key opens the peer, or the report says that it does not.",
          bound: 60,
          template: "standby/keys-check",
        }),
      ],
    },
  ],
  undoable: null,
  closing: null,
});
