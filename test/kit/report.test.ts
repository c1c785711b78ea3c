import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { programsFolder } from "./program.js";

type Host = Readonly<Record<string, unknown>>;

const UNITS = ["postgresql", "xcatd", "named", "dhcpd", "httpd", "nfs-server"];
const LINKS = ["/install", "/etc/xcat", "/root/.xcat"];
const asked = { reachable: true, asked: 1000.2, answered: 1000.6, clock: "1000", unanswered: {} };
const common = {
  ...asked,
  guarded: "yes",
  boot: "",
  installed: "yes",
  kit: "k1",
  version: "2.19.0",
  packages: "xCAT=2.19.0-1 bind=9",
  mounted: "2",
  marker: "hamn",
  identity: "1",
  complete: "",
  served: "2.19.0",
  epoch: "0000000007",
  owner: "host1",
  engine: "postgresql",
  writable: "yes",
  full: "",
  past_systemd: {},
  virtual_ip_at_boot: "",
  resolver: "",
};
const host1: Host = {
  ...common,
  name: "host1",
  hostname: "xcatmn",
  activated: "yes",
  virtual_ip: "eth0",
  virtual_ip_missing: "",
  running: UNITS.join(" "),
  linked: LINKS.join(" "),
  services: Object.fromEntries(UNITS.slice(0, 5).map((unit) => [unit, null])),
};
const host2: Host = {
  ...common,
  name: "host2",
  hostname: "host2",
  activated: "",
  virtual_ip: "",
  virtual_ip_missing: "10.0.0.50",
  running: "",
  linked: "",
  services: {},
};

interface Report {
  readonly lines: readonly string[];
  readonly summary: string;
  readonly code: number;
}

function report(first: Host, second: Host, more: Host = {}): Report {
  const given = {
    pair: "hamn",
    virtual_addresses: ["10.0.0.50"],
    virtual_hostname: "xcatmn",
    hostname: true,
    links: LINKS,
    expected: UNITS,
    database: "postgresql",
    device: false,
    kit: "k1",
    ...more,
    answers: { host1: { ...host1, ...first }, host2: { ...host2, ...second } },
  };
  const { stdout, stderr } = spawnSync(join(programsFolder, "report"), {
    input: JSON.stringify(given),
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const off = (error: string): Host => ({
  reachable: false,
  error,
  activated: undefined,
  unanswered: undefined,
});
const idle = { activated: "", virtual_ip: "", running: "", linked: "", services: {} };

const TWO_NETWORKS: Host = { virtual_addresses: ["10.0.0.50", "10.1.0.50"] };

/** What each host says in place of what it says on a sound pair, the exit code, and a line of the report. */
const cases: readonly (readonly [string, Host, Host, number, string, Host?])[] = [
  ["all is well", {}, {}, 0, "Nothing is wrong."],
  ["all is well: the way back", {}, {}, 0, "host2 could take over now."],
  [
    "xcatd does not answer",
    { services: { xcatd: "does not answer" } },
    {},
    1,
    "FAULT: host1 is active, but xcatd does not answer: ansible-playbook activate.yml --limit host1",
  ],
  [
    "a service that cannot be asked does not run",
    { running: UNITS.slice(0, 5).join(" ") },
    {},
    1,
    "FAULT: host1 is active, but nfs-server does not run: ansible-playbook activate.yml --limit host1",
  ],
  [
    "a console server that no node needs",
    { services: { conserver: "does not run" } },
    {},
    0,
    "Nothing is wrong.",
  ],
  [
    "a console server that hangs",
    { running: `${UNITS.join(" ")} conserver`, services: { conserver: "listens on no port" } },
    {},
    1,
    "FAULT: host1 is active, but conserver listens on no port: ansible-playbook activate.yml --limit host1",
  ],
  [
    "no virtual IP on the active host",
    { virtual_ip: "", virtual_ip_missing: "10.0.0.50" },
    {},
    1,
    "FAULT: host1 is active, but does not hold the virtual IP 10.0.0.50: ansible-playbook activate.yml --limit host1",
  ],
  [
    "one of two virtual IPs on the active host",
    { virtual_ip_missing: "10.1.0.50" },
    {},
    1,
    "FAULT: host1 is active, but does not hold the virtual IP 10.1.0.50: ansible-playbook activate.yml --limit host1",
    TWO_NETWORKS,
  ],
  [
    "one of two virtual IPs, told of the host",
    { virtual_ip_missing: "10.1.0.50" },
    {},
    1,
    "host1: ACTIVE, hostname xcatmn, virtual IPs on eth0, 10.1.0.50 absent, 3 of 3 directories linked",
    TWO_NETWORKS,
  ],
  [
    "a standby that holds one of two virtual IPs",
    {},
    { virtual_ip: "ib0" },
    1,
    "BROKEN RULE: host2 holds the virtual IP without being active.",
    TWO_NETWORKS,
  ],
  [
    "a virtual IP that comes back at boot",
    {},
    { virtual_ip_at_boot: "/etc/netplan/01.yaml" },
    1,
    "BROKEN RULE: host2 would take the virtual IP 10.0.0.50 at boot, whoever is active: /etc/netplan/01.yaml has it. Take it out there; host2 keeps an address of its own.",
  ],
  [
    "a host that does not ask the virtual IP",
    {},
    {
      resolver:
        "it is none of the first 3 servers in /etc/resolv.conf, which NetworkManager writes",
    },
    0,
    "Left to do: host2 does not ask the virtual IP for names, it is none of the first 3 servers in /etc/resolv.conf, which NetworkManager writes: ansible-playbook standby.yml --limit host2",
  ],
  [
    "another name on the active host",
    { hostname: "host1" },
    {},
    1,
    "FAULT: host1 is active, but its hostname is host1, not xcatmn: ansible-playbook activate.yml --limit host1",
  ],
  [
    "another name, where names do not move",
    { hostname: "host1" },
    {},
    0,
    "Nothing is wrong.",
    { hostname: false },
  ],
  [
    "a link is missing on the active host",
    { linked: "/install /etc/xcat" },
    {},
    1,
    "FAULT: host1 is active, but its /root/.xcat is not the one on the shared data: ansible-playbook activate.yml --limit host1",
  ],
  [
    "the active host cannot write to the shared data",
    { writable: "" },
    {},
    1,
    "FAULT: On the active host host1: the shared data is read-only there.",
  ],
  [
    "the shared data is full",
    { full: "yes" },
    {},
    1,
    "FAULT: On the active host host1: the shared data is full.",
  ],
  [
    "the standby does not see the shared data",
    {},
    { marker: "", mounted: "1" },
    1,
    "FAULT: host2 could not take over now: it does not see the pair's shared data, but none.",
  ],
  [
    "the shared data hangs on the standby",
    {},
    { unanswered: { "shared data": "no answer within 5 s" }, marker: "" },
    1,
    "FAULT: host2 could not take over now: the shared data gives no answer within 5 s.",
  ],
  [
    "another xCAT on the standby",
    {},
    { version: "2.18.0" },
    1,
    "FAULT: host2 could not take over now: it has xCAT 2.18.0, and the pair was last served by 2.19.0.",
  ],
  [
    "the data is on another database",
    { engine: "sqlite" },
    {},
    1,
    "FAULT: On the active host host1: the shared data is on sqlite, the model on postgresql: set database: sqlite in the model and run xcatha generate, or move the tables by ansible-playbook setup.yml.",
  ],
  [
    "a disk is mounted by the active host alone",
    {},
    { marker: "", mounted: "1", engine: "", served: "" },
    0,
    "Nothing is wrong.",
    { device: true },
  ],
  [
    "a disk is mounted twice",
    {},
    {},
    1,
    "BROKEN RULE: Both hosts have the shared data mounted.",
    { device: true },
  ],
  [
    "the clocks are apart",
    {},
    { clock: "1060" },
    1,
    "FAULT: The clocks of host1 and host2 are at least 58 s apart. Give both the same NTP servers, and wait until chronyc tracking says Normal.",
  ],
  [
    "a slow question is no clock that is apart",
    {},
    { clock: "1060", answered: 1061 },
    0,
    "Nothing is wrong.",
  ],
  [
    "two active hosts",
    {},
    { activated: "yes", virtual_ip: "eth0" },
    1,
    "BROKEN RULE: host2 is active, but the owner record names another.",
  ],
  [
    "both hold the virtual IP",
    {},
    { virtual_ip: "eth0" },
    1,
    "BROKEN RULE: Both hosts hold the virtual IP.",
  ],
  [
    "an xcatd that no unit knows",
    {},
    { running: "xcatd", past_systemd: { xcatd: [77, 78] } },
    1,
    "BROKEN RULE: host2 runs services of the pair without being active: xcatd past systemd, process 77 78.",
  ],
  [
    "services at boot",
    {},
    { boot: "xcatd" },
    1,
    "BROKEN RULE: host2 would start services of the pair at boot: ansible-playbook standby.yml --limit host2",
  ],
  [
    "nobody serves",
    { ...idle, owner: "none" },
    { owner: "none" },
    2,
    "NOBODY SERVES: No host is active: ansible-playbook activate.yml --limit HOST",
  ],
  [
    "nobody serves, and the record names one",
    idle,
    {},
    2,
    "NOBODY SERVES: No host is active, and the owner record names host1: ansible-playbook failover.yml",
  ],
  [
    "the standby cannot be asked",
    {},
    off("no sudo password"),
    3,
    "NOT KNOWN: host2 cannot be asked: no sudo password",
  ],
  [
    "the standby answers, but Ansible cannot work on it",
    {},
    { ...off("/usr/bin/python3: not found"), alive: "ssh, ping" },
    3,
    "NOT KNOWN: host2 is alive (ssh, ping), but cannot be asked: /usr/bin/python3: not found",
  ],
  ["the active host cannot be asked", off("no route"), {}, 3, "host1: not known: no route"],
  [
    "the active host cannot be asked, and who is active is not known",
    off("no route"),
    {},
    3,
    "NOT KNOWN: Which host is active is not known, and the owner record names host1.",
  ],
  [
    "a question had no answer",
    {},
    { unanswered: { units: "systemctl does not answer" } },
    3,
    "NOT KNOWN: host2: units: systemctl does not answer",
  ],
  [
    "a table names a host",
    { names: ["networks.gateway of lan names host1: chdef -t network -o lan gateway=10.0.0.50"] },
    {},
    0,
    "Left to do: On host1: networks.gateway of lan names host1: chdef -t network -o lan gateway=10.0.0.50",
  ],
  [
    "a changed file that a crash would lose",
    { files: { "/etc/exports": "b" }, kept: { "/etc/exports": "a" } },
    { files: { "/etc/exports": "b" }, kept: { "/etc/exports": "a" } },
    0,
    "Left to do: /etc/exports of host1 is not what the shared data keeps, and a crash would lose the change: systemctl start xcatha-files-kept.service",
  ],
  [
    "a file that is not there",
    { files: { "/etc/auto.nodes": "" } },
    { files: { "/etc/auto.nodes": "" } },
    0,
    "Left to do: host1 has no /etc/auto.nodes, which is to go with the service: make it there",
  ],
  [
    "an older file on the standby",
    { files: { "/etc/exports": "b" }, kept: { "/etc/exports": "b" } },
    { files: { "/etc/exports": "a" }, kept: { "/etc/exports": "b" } },
    0,
    "host2 has another /etc/exports than host1, whose file takes its place when host2 becomes active.",
    { quiet: true },
  ],
  [
    "ports closed on both hosts",
    { firewall: { zone: "public", ports: ["80/tcp"] } },
    { firewall: { zone: "public", ports: ["80/tcp"] } },
    0,
    "Left to do: The firewalld of host2 keeps ports closed on which the pair serves, 80/tcp: firewall-cmd --permanent --zone=public --add-port=80/tcp, then firewall-cmd --reload",
  ],
  [
    "ports closed on the standby alone",
    { firewall: { zone: "public", ports: ["80/tcp"] } },
    { firewall: { zone: "nodes", ports: ["80/tcp", "53/udp"] } },
    1,
    "FAULT: host2 could not serve now: its firewalld keeps 53/udp closed, which are open on host1: firewall-cmd --permanent --zone=nodes --add-port=80/tcp --add-port=53/udp, then firewall-cmd --reload",
  ],
  [
    "links of an earlier time",
    {},
    { linked: "/install" },
    0,
    "Left to do: host2 still has links to the shared data: ansible-playbook standby.yml --limit host2",
  ],
  [
    "a disk over a shared directory",
    {},
    { covered: "/install", fstab: "" },
    1,
    "FAULT: host2 could not take over now: a disk of its own is mounted over the shared /install: umount it there, and take the line of /install out of /etc/fstab.",
  ],
  [
    "a disk that would be, after a boot",
    { fstab: "/install" },
    {},
    0,
    "Left to do: host1 would mount a disk of its own over the shared /install at its next boot: take its line out of /etc/fstab",
  ],
  [
    "other programs",
    {},
    { kit: "k0" },
    0,
    "Left to do: host2 has other programs of xcatha than these playbooks: ansible-playbook standby.yml --limit host2",
  ],
  [
    "other packages",
    {},
    { packages: "xCAT=2.19.0-1 bind=10" },
    0,
    "Left to do: The hosts have different packages: host1 has bind=9; host2 has bind=10. Install the same on both.",
  ],
  [
    "a host that was never prepared",
    {},
    { guarded: "", kit: "" },
    0,
    "Left to do: host2 is not prepared: ansible-playbook setup.yml, or standby.yml --limit host2",
  ],
  [
    "what an earlier model left",
    {},
    { left_of_earlier: ["it still holds 10.0.0.49"] },
    0,
    "Left to do: On host2: it still holds 10.0.0.49",
  ],
  [
    "certificates that xcatd and its clients refuse",
    { certificate_fault: "/root/.xcat/client-cred.pem is missing" },
    {},
    1,
    "FAULT: host1 is active, but /root/.xcat/client-cred.pem is missing: xcatconfig -c on host1 makes new ones for all (service nodes: updatenode SERVICENODES -k), then ansible-playbook activate.yml --limit host1 brings root's to the shared data",
  ],
  [
    "a certificate that ends soon",
    { certificates_ending: [["/etc/xcat/cert/server-cred.pem", "2027-01-20"]] },
    {},
    0,
    "Left to do: On host1: /etc/xcat/cert/server-cred.pem is valid until 2027-01-20: put a valid one of the site's own authority there; or else xcatconfig -c on host1 makes new ones for all (service nodes: updatenode SERVICENODES -k), then ansible-playbook activate.yml --limit host1 brings root's to the shared data",
  ],
];

describe("the report on a pair", () => {
  for (const [name, first, second, code, line, more = {}] of cases)
    test(name, () => {
      const { lines, ...rest } = report(first, second, more);
      expect(lines).toContain(line);
      expect(rest.code).toBe(code);
      expect(rest.summary === "").toBe(code === 0);
      if (more["quiet"]) expect(lines.at(-1)).toBe("Nothing is wrong.");
      else if (line !== "Nothing is wrong." && !line.endsWith("could take over now."))
        expect(lines).not.toContain("Nothing is wrong.");
    });

  test("says what ends a danger, on the host that has no right to what it does", () => {
    const { summary } = report({}, { running: "xcatd", past_systemd: { xcatd: [7] } });
    expect(summary).toContain("Stop it now: ansible-playbook deactivate.yml --limit host2.");
    expect(report({}, { boot: "xcatd" }).summary).not.toContain("Stop it now");
  });

  test("tells where each virtual IP is, and no more where all are held", () => {
    const { lines } = report({ virtual_ip: "eth0 ib0" }, {}, TWO_NETWORKS);
    expect(lines).toContain(
      "host1: ACTIVE, hostname xcatmn, virtual IPs on eth0 and ib0, 3 of 3 directories linked",
    );
    expect(lines).toContain("Nothing is wrong.");
  });

  test("gives no advice to activate while a host cannot be asked", () => {
    const { lines, summary } = report(off("no route"), {});
    expect(`${lines.join(" ")} ${summary}`).not.toMatch(/activate\.yml|failover\.yml|is active:/);
  });

  test.each<[string, Host]>([
    ["its clock", { clock: "1060" }],
    ["its firewalld", { firewall: { zone: "public", ports: ["80/tcp"] } }],
  ])("does not say that the standby could take over when it could not: %s", (_, second) => {
    const { lines } = report({}, second);
    expect(lines.join(" ")).not.toContain("could take over now.");
  });
});
