import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const profile = (lines: string) => `[connection]\nid=eth0\n\n[ipv4]\n${lines}\nmethod=manual\n`;
const netplan = (lines: string) => `network:\n  ethernets:\n    eth0:\n${lines}\n`;

/** What a file of the host's network configuration says, and whether the host takes 10.0.0.9 by it. */
const files: readonly (readonly [string, string, string, boolean])[] = [
  [
    "NetworkManager",
    "/etc/NetworkManager/system-connections/eth0.nmconnection",
    profile("address1=10.0.0.5/24,10.0.0.1\naddress2=10.0.0.9/24"),
    true,
  ],
  [
    "NetworkManager, in its older words",
    "/etc/NetworkManager/system-connections/eth0",
    profile("addresses=10.0.0.5/24;10.0.0.9/24;"),
    true,
  ],
  [
    "NetworkManager's gateway, routes and name server",
    "/etc/NetworkManager/system-connections/eth0.nmconnection",
    `${profile("address1=10.0.0.5/24,10.0.0.9\nroute1=10.1.0.0/16,10.0.0.9\ndns=10.0.0.9;")}[user]\naddress1=10.0.0.9/24\n`,
    false,
  ],
  [
    "an editor's copy",
    "/etc/NetworkManager/system-connections/eth0.nmconnection~",
    profile("address1=10.0.0.9/24"),
    false,
  ],
  ["EL's ifcfg", "/etc/sysconfig/network-scripts/ifcfg-eth0", "IPADDR=10.0.0.9\nPREFIX=24\n", true],
  [
    "EL's ifcfg, as one of several",
    "/etc/sysconfig/network-scripts/ifcfg-eth0",
    'IPADDR0=10.0.0.5\nIPADDR1="10.0.0.9"\n',
    true,
  ],
  [
    "EL's range",
    "/etc/sysconfig/network-scripts/ifcfg-eth0-range0",
    "IPADDR_START=10.0.0.7\nIPADDR_END=10.0.0.20\n",
    true,
  ],
  [
    "another range",
    "/etc/sysconfig/network-scripts/ifcfg-eth0-range0",
    "IPADDR_START=10.0.0.17\nIPADDR_END=10.0.0.20\n",
    false,
  ],
  [
    "ifcfg's gateway and name server",
    "/etc/sysconfig/network-scripts/ifcfg-eth0",
    "IPADDR=10.0.0.5\nGATEWAY=10.0.0.9\nDNS1=10.0.0.9\n# IPADDR=10.0.0.9\n",
    false,
  ],
  [
    "a package's old ifcfg",
    "/etc/sysconfig/network-scripts/ifcfg-eth0.rpmsave",
    "IPADDR=10.0.0.9\n",
    false,
  ],
  ["SUSE's ifcfg", "/etc/sysconfig/network/ifcfg-eth0", "IPADDR='10.0.0.9/24'\n", true],
  [
    "SUSE's ifcfg, with a suffix",
    "/etc/sysconfig/network/ifcfg-eth0",
    "IPADDR='10.0.0.5/24'\nIPADDR_old='10.0.0.9/24'\nREMOTE_IPADDR='10.0.0.8'\n",
    true,
  ],
  [
    "wicked",
    "/etc/wicked/ifconfig/eth0.xml",
    "<interface><name>eth0</name><ipv4:static><address><local>10.0.0.9/24</local></address></ipv4:static></interface>",
    true,
  ],
  [
    "netplan, as a list",
    "/etc/netplan/01.yaml",
    netplan("      addresses:\n        - 10.0.0.5/24\n        - '10.0.0.9/24'"),
    true,
  ],
  [
    "netplan, in a line",
    "/etc/netplan/01.yaml",
    netplan("      addresses: [10.0.0.5/24, 10.0.0.9/24]"),
    true,
  ],
  [
    "netplan's name server, routes and rules",
    "/etc/netplan/01.yaml",
    netplan(`      addresses: [10.0.0.5/24, 110.0.0.9/24] # was 10.0.0.9/24
      nameservers: {addresses: [10.0.0.9]}
      routes: [{to: 10.0.0.9/32, via: 10.0.0.1}]
      routing-policy:
        - from: "10.0.0.9/32"`),
    false,
  ],
  [
    "netplan's text that is not read",
    "/etc/netplan/01.yaml.save",
    netplan("      addresses: [10.0.0.9/24]"),
    false,
  ],
  [
    "ifupdown",
    "/etc/network/interfaces",
    "auto eth0\niface eth0 inet static\n  address 10.0.0.9/24\n",
    true,
  ],
  [
    "ifupdown, by a command",
    "/etc/network/interfaces",
    "iface eth0 inet static\n  address 10.0.0.5/24\n  up ip addr \\\n    add 10.0.0.9/24 dev eth0\n",
    true,
  ],
  [
    "ifupdown's gateway",
    "/etc/network/interfaces",
    "iface eth0 inet static\n  address 10.0.0.5/24\n  gateway 10.0.0.9\n  up ip route add default via 10.0.0.9\n  #address 10.0.0.9/24\n",
    false,
  ],
  [
    "a file that ifupdown does not source",
    "/etc/network/interfaces.d/eth0",
    "iface eth0 inet static\n address 10.0.0.9\n",
    false,
  ],
  [
    "networkd",
    "/etc/systemd/network/10-eth0.network",
    "[Match]\nName=eth0\n[Network]\nAddress=10.0.0.5/24\nAddress = 10.0.0.9/24\n",
    true,
  ],
  [
    "networkd, in a drop-in",
    "/etc/systemd/network/10-eth0.network.d/more.conf",
    "[Address]\nAddress=10.0.0.9/24\n",
    true,
  ],
  [
    "networkd's gateway and name server",
    "/etc/systemd/network/10-eth0.network",
    "[Network]\nAddress=10.0.0.5/24\nGateway=10.0.0.9\nDNS=10.0.0.9\n[DHCPServer]\nAddress=10.0.0.9\n",
    false,
  ],
  ["a script at boot", "/etc/rc.local", "#!/bin/sh\nip a add 10.0.0.9/24 dev eth0\n", true],
  ["a script's comment", "/etc/rc.local", "#!/bin/sh\n# ip a add 10.0.0.9/24 dev eth0\n", false],
];

/** Files of hosts, by what is shown: each host has its own. */
const hosts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...Object.fromEntries(files.map(([name, path, text]) => [name, { [path]: text }])),
  sourced: {
    "/etc/network/interfaces": "source interfaces.d/*.cfg\nsource-directory /etc/network/more\n",
    "/etc/network/interfaces.d/a.cfg": "source /etc/network/interfaces\naddress 10.0.0.9\n",
    "/etc/network/interfaces.d/b.other": "address 10.0.0.9\n",
    "/etc/network/more/eth1": "iface eth1 inet static\n  address 10.0.0.9/24\n",
    "/etc/network/more/eth1.old": "address 10.0.0.9\n",
  },
};

// One process for all of them.
const ASK = `
import json, sys
sys.path.insert(0, sys.argv[1])
import boot_addresses
found = {}
for name, boot_addresses.ROOT in json.load(sys.stdin).items():
    found[name] = boot_addresses.files_with("10.0.0.9")
print(json.dumps(found))`;

describe("the virtual IP in what the host reads at boot", () => {
  const host = new Sandbox({
    NIC: "lo",
    SHARED: "/nowhere",
    METHOD: "symlink",
    LINKS: "",
    VIRTUAL_ADDRESS: "10.0.0.9",
    VIRTUAL_HOSTNAME: "localhost",
    DATABASE_DIRECTORY: "",
  });
  const roots = Object.fromEntries(
    Object.keys(hosts).map((name, index) => [name, host.path(`root${index}`)]),
  );
  let found: Readonly<Record<string, readonly string[]>> = {};

  beforeAll(() => {
    for (const [name, ofHost] of Object.entries(hosts))
      for (const [path, text] of Object.entries(ofHost)) {
        const file = `${roots[name]}${path}`;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, { mode: path.endsWith("rc.local") ? 0o755 : 0o644 });
      }
    const asked = host.execute(["python3", "-c", ASK, host.program], JSON.stringify(roots));
    expect(asked.stderr).toBe("");
    found = JSON.parse(asked.stdout);
  });
  afterAll(() => host[Symbol.dispose]());

  test.each(files)("%s", (name, path, _, takes) => {
    expect(found[name]).toEqual(takes ? [path] : []);
  });

  test("is found in each file that ifupdown sources, whatever sources it", () => {
    expect(found["sourced"]).toEqual(["/etc/network/interfaces.d/a.cfg", "/etc/network/more/eth1"]);
  });

  test("is refused by a sentence that says what to do", () => {
    const XCATHA_ROOT = roots["netplan, as a list"] ?? "";
    const { code, stderr } = host.run("preflight", [], "", { XCATHA_ROOT });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "/etc/netplan/01.yaml has the virtual IP 10.0.0.9, which would come back at boot, whoever is active: " +
        "give the host another address there, and take this one out. It may stay on the NIC until then.\n",
    );
  });
});
