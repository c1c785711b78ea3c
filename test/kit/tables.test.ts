import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

const NETWORKS = `#netname,net,gateway,tftpserver,dhcpserver,nameservers,ntpservers,logservers
"one","10.77.0.0",,"<xcatmaster>",,"<xcatmaster>",,
"two","10.78.0.0",,"10.77.0.11","10.77.0.11",,,
"three","10.79.0.0",,"10.77.0.11",,"10.77.0.1",,
`;

/** chdef and chtab, in Python: they read their standard input to its end, as xCAT's do. */
const WRITE = `exec python3 - "$(basename "$0")" "$@" << 'END'
import csv, os, sys
name, *words = sys.argv[1:]
if name == "chtab":
    row, change = words
    key = row.partition("=")[2]
    table, _, change = change.partition(".")
else:
    table = {"site": "site", "network": "networks"}[words[1]]
    key, change = (words[3], words[4]) if table == "networks" else (None, words[2])
column, _, value = change.partition("=")
path = os.path.join(os.environ["D"], "sqlite", table + ".csv")
with open(path) as file:
    rows = list(csv.reader(file))
if table == "site":
    rows = [row for row in rows if row[0] != column] + [[column, value, "", ""]]
else:
    at = [name.lstrip("#") for name in rows[0]].index(column)
    if not any(row[0] == key for row in rows[1:]):
        rows.append([key] + [""] * (len(rows[0]) - 1))
    for row in rows[1:]:
        if row[0] == key:
            row[at] = value
with open(path, "w") as file:
    csv.writer(file, lineterminator="\\n").writerows(rows)
END`;

/** A node that the group `all` does not reach, so that no master is given. */
const NODELIST = '#node,groups\n"cn0","rack0"\n';

/** One row of one table, as a change of it is printed. */
type Row = Readonly<Record<string, string>>;

describe("the tables that name a host or the old master", () => {
  let host: FakeXcat;
  const tables = (...args: readonly string[]) =>
    host.run("tables", args, "", {
      ...host.environment,
      XCATHA_HOSTS: host.path("hosts"),
      XCATHA_FORWARDING: host.path("forwarding"),
    });

  beforeEach(() => {
    host = new FakeXcat({ VIRTUAL_ADDRESS: "10.77.0.10" });
    host.command(
      "ip",
      "printf '2: eth0    inet %s scope global\\n' 10.77.0.11/24 10.77.0.10/24 192.168.7.1/24",
    );
    writeFileSync(
      host.path("hosts"),
      "127.0.1.1 host1\n10.77.0.12 host2\n172.20.0.12 host2 # ib\n",
    );
    writeFileSync(host.path("forwarding"), "1\n");
    host.table(
      "sqlite",
      "site",
      '#key,value,comments,disable\n"master","10.77.0.9",,\n"nameservers","10.77.0.9,10.77.0.1",,\n"ntpservers","pool.example.com 10.77.0.11",,\n',
    );
    host.table("sqlite", "networks", NETWORKS);
    host.table(
      "sqlite",
      "noderes",
      '#node,xcatmaster,nfsserver,servicenode\n"cn1","10.77.0.11","10.77.0.1",\n"cn2","10.77.0.9",,"10.77.0.11"\n"cn3",,,\n',
    );
    host.table("sqlite", "nodelist", NODELIST);
    host.table("sqlite", "hosts", "#node,ip\n");
    host.table("sqlite", "nodehm", "#node,conserver\n");
    host.table("sqlite", "bootparams", "#node,kcmdline,addkcmdline\n");
    for (const name of ["chdef", "chtab"]) host.command(name, `cat > /dev/null\n${WRITE}`);
  });
  afterEach(() => host[Symbol.dispose]());

  test("name the virtual IP afterwards, every row of them", () => {
    expect(tables("--dhcp", "isc")).toMatchObject({ code: 0, stderr: "" });
    expect(
      host.read("sqlite/networks.csv"),
    ).toBe(`#netname,net,gateway,tftpserver,dhcpserver,nameservers,ntpservers,logservers
one,10.77.0.0,,10.77.0.10,,10.77.0.10,,10.77.0.10
two,10.78.0.0,,10.77.0.10,10.77.0.10,,,
three,10.79.0.0,,10.77.0.10,,10.77.0.1,,
`);
    expect(host.read("sqlite/noderes.csv")).toBe(
      "#node,xcatmaster,nfsserver,servicenode\ncn1,10.77.0.10,10.77.0.1,\ncn2,10.77.0.10,,10.77.0.10\ncn3,,,\n",
    );
    expect(host.read("sqlite/site.csv").split("\n").slice(1).sort().join(" ").trim()).toBe(
      'dhcpbackend,isc,, domain,cluster.example.com,, master,10.77.0.10,, nameservers,"10.77.0.10,10.77.0.1",, ntpservers,pool.example.com 10.77.0.10,,',
    );
  });

  test("are changed once: a second run changes nothing", () => {
    tables();
    expect(tables()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("are only named by a check", () => {
    expect(tables("--check").stdout).toContain("changed: networks.tftpserver of two is 10.77.0.10");
    expect(host.read("sqlite/networks.csv")).toBe(NETWORKS);
  });

  test("are read back at the end: a command that wrote nothing is not believed", () => {
    host.command("chtab", "exit 0");
    const { code, stderr } = tables();
    expect(code).toBe(1);
    expect(stderr).toBe(
      "xCAT's commands reported success, but xCAT kept noderes.xcatmaster of cn1=10.77.0.11, noderes.xcatmaster of cn2=10.77.0.9, noderes.servicenode of cn2=10.77.0.11.\n",
    );
  });

  test("keep the master until all else is written, so that a run after an interrupted one still knows it", () => {
    host.command("chtab", "exit 1");
    expect(tables().stderr).toBe(
      "chtab node=cn1 noderes.xcatmaster=10.77.0.10 failed: it said nothing.\n",
    );
    expect(host.read("sqlite/site.csv")).toContain('"master","10.77.0.9"');
  });

  /** Changes of the settings, of one table's only row, and what is changed of it; absent: nothing. */
  type Case = readonly [string, Row, string, Row, string?];
  const cases: readonly Case[] = [
    ...["host1", "HOST1", "host1.cluster.example.com", "10.77.0.11", "host2", "10.77.0.12"].map(
      (name): Case => [
        `a host as ${name}`,
        {},
        "noderes",
        { node: "cn9", nfsserver: name },
        "noderes.nfsserver of cn9 is 10.77.0.10",
      ],
    ),
    [
      "another address of a host in another network",
      {},
      "noderes",
      { node: "cn9", nfsserver: "192.168.7.1", tftpserver: "172.20.0.12" },
    ],
    [
      "a node whose name only begins alike",
      {},
      "noderes",
      { node: "cn9", nfsserver: "host1-ib,host11" },
    ],
    [
      "a list that names both hosts",
      {},
      "noderes",
      { node: "cn9", servicenode: "sn1,host1,host2" },
      "noderes.servicenode of cn9 is sn1,10.77.0.10",
    ],
    [
      "a pair of addresses, which is no list",
      {},
      "noderes",
      { node: "cn9", monserver: "host1,10.77.0.11" },
      "noderes.monserver of cn9 is 10.77.0.10,10.77.0.10",
    ],
    [
      "a console server",
      {},
      "nodehm",
      { node: "rack1", conserver: "host2" },
      "nodehm.conserver of rack1 is 10.77.0.10",
    ],
    [
      "a kernel's command line",
      {},
      "bootparams",
      {
        node: "cn9",
        kcmdline: "quiet host1 inst.repo=http://10.77.0.11:80/install xcatd=host1:3001 BOOTIF=$net",
      },
      "bootparams.kcmdline of cn9 is rewritten",
    ],
    [
      "a router",
      {},
      "networks",
      { netname: "lan", net: "10.77.0.0", gateway: "10.77.0.11" },
      "networks.gateway of lan is 10.77.0.10",
    ],
    [
      "each management node as the router",
      {},
      "networks",
      { netname: "lan", net: "10.77.0.0", gateway: "<xcatmaster>" },
      "networks.gateway of lan is 10.77.0.10",
    ],
    [
      "each management node as the router of another network",
      {},
      "networks",
      { netname: "lan", net: "192.168.7.0", gateway: "<xcatmaster>" },
    ],
    [
      "a router in a network that the pair does not serve",
      {},
      "networks",
      { netname: "lan", net: "192.168.7.0", gateway: "192.168.7.1" },
    ],
    [
      "what the model keeps, in every row",
      { NAMES_KEPT: "networks.gateway, /install/x" },
      "networks",
      { netname: "lan", net: "10.77.0.0", gateway: "host1" },
    ],
    [
      "what the model keeps in one row",
      { NAMES_KEPT: "networks.gateway of lan, networks.gateway of wan" },
      "networks",
      { netname: "lan", net: "10.77.0.0", gateway: "host1" },
    ],
    [
      "what the model keeps in another row",
      { NAMES_KEPT: "networks.gateway of wan" },
      "networks",
      { netname: "lan", net: "10.77.0.0", gateway: "host1" },
      "networks.gateway of lan is 10.77.0.10",
    ],
    [
      "a value of site that nobody has heard of",
      {},
      "site",
      { key: "oursite", value: "host1:/export/x" },
      "site.oursite is 10.77.0.10:/export/x",
    ],
    ["a folder of a path", {}, "site", { key: "namedincludes", value: "/etc/host1/zones" }],
    ["nodes that are left out", {}, "site", { key: "excludenodes", value: "host1,host2" }],
    ["servers beyond the cluster", {}, "site", { key: "forwarders", value: "10.77.0.12" }],
    [
      "words that are no list",
      {},
      "site",
      { key: "nmapoptions", value: "-e eth0 --source 10.77.0.11" },
      "site.nmapoptions is -e eth0 --source 10.77.0.10",
    ],
    [
      "the NIC of one host",
      {},
      "site",
      { key: "dhcpinterfaces", value: "host1|eth0,eth2:noboot;service|bond0" },
      "site.dhcpinterfaces is host1|eth0,eth2:noboot;host2|eth0,eth2:noboot;service|bond0",
    ],
    [
      "the NIC of the other host, whose own has another name",
      { PEER_NIC: "eno1" },
      "site",
      { key: "dnsinterfaces", value: "HOST2|eno1:noboot,eth2" },
      "site.dnsinterfaces is HOST2|eno1:noboot,eth2;host1|eth0:noboot,eth2",
    ],
    ["the NICs of both", {}, "site", { key: "dhcpinterfaces", value: "host2|eth0;host1|eth1" }],
    [
      "one host twice",
      {},
      "site",
      { key: "dhcpinterfaces", value: "host1|eth0;10.77.0.11|eth1" },
      "site.dhcpinterfaces is host1|eth0;host2|eth0;10.77.0.11|eth1",
    ],
    ["a NIC of every host", {}, "site", { key: "dhcpinterfaces", value: "eth0" }],
    ["the virtual name's NIC", {}, "site", { key: "dhcpinterfaces", value: "xcatmn|eth0" }],
    [
      "the virtual name's NIC, which the other host calls otherwise",
      { PEER_NIC: "eno1" },
      "site",
      { key: "dhcpinterfaces", value: "xcatmn|eth0,eth2" },
      "site.dhcpinterfaces is host1|eth0,eth2;host2|eno1,eth2",
    ],
  ];

  for (const [name, settings, table, row, change] of cases)
    test(`of ${name}`, () => {
      host.configure({ ...host.settings, ...settings });
      const columns: Readonly<Record<string, readonly string[]>> = {
        site: ["key", "value"],
        networks: ["netname", "net", "gateway"],
      };
      const keys = columns[table] ?? Object.keys(row);
      const empty = "#node,servicenode\n";
      for (const name of ["networks", "noderes", "nodehm", "bootparams"])
        host.table("sqlite", name, empty);
      const text = keys.map((key) => `"${row[key] ?? ""}"`).join(",");
      const site = '#key,value\n"master","10.77.0.10"\n"nameservers","10.77.0.1"\n"domain","d"\n';
      host.table("sqlite", "site", table === "site" ? `${site}${text}\n` : site);
      if (table !== "site") host.table("sqlite", table, `#${keys.join(",")}\n${text}\n`);
      const { code, stdout, stderr } = tables("--check");
      expect([code, stderr]).toEqual([0, ""]);
      const said = stdout
        .split("\n")
        .filter((line) => !/(tftp|ntp|log)server/.test(line) || table !== "networks");
      expect(said.join("\n").trim()).toBe(change === undefined ? "" : `changed: ${change}`);
    });

  test("of a kernel's command line keep each bare word, and its values are not printed", () => {
    const line = (server: string) =>
      `quiet host1 inst.repo=http://${server}:80/install xcatd=${server}:3001 pw=s3cret`;
    host.table("sqlite", "bootparams", `#node,kcmdline,addkcmdline\n"cn9","${line("host1")}",\n`);
    expect(tables().stdout).not.toContain("s3cret");
    expect(host.read("sqlite/bootparams.csv")).toContain(`cn9,${line("10.77.0.10")},`);
    host.table("sqlite", "bootparams", `#node,kcmdline,addkcmdline\n"cn9","${line("host1")}",\n`);
    host.command("chtab", "exit 1");
    expect(tables().stderr).toBe(
      "The change of bootparams.kcmdline of cn9 failed: it said nothing.\n",
    );
    host.command("chtab", "exit 0");
    expect(tables().stderr).toBe(
      "xCAT's commands reported success, but xCAT kept bootparams.kcmdline of cn9=....\n",
    );
  });

  test("keep what means each server itself where service nodes are", () => {
    host.table("sqlite", "noderes", '#node,servicenode\n"cn1","sn1"\n');
    host.table(
      "sqlite",
      "networks",
      '#netname,net,gateway,tftpserver,nameservers\n"one","10.77.0.0","<xcatmaster>","<xcatmaster>","<xcatmaster>"\n',
    );
    const { stdout } = tables("--check");
    expect(stdout).toContain("networks.tftpserver of one is 10.77.0.10");
    expect(stdout).not.toMatch(/networks\.(gateway|nameservers|logservers)/);
  });

  test("give no router where this host does not forward, as xCAT gives none", () => {
    writeFileSync(host.path("forwarding"), "0\n");
    host.table(
      "sqlite",
      "networks",
      '#netname,net,gateway,tftpserver\n"one","10.77.0.0","<xcatmaster>","10.77.0.10"\n',
    );
    expect(tables("--check").stdout).not.toContain("gateway");
  });

  describe("of nodes without a master", () => {
    /** Rows of nodelist (node: groups), noderes (node: master, service node) and hosts (node: address); what is given. */
    test.each<
      readonly [
        string,
        Readonly<Record<string, string>>,
        Readonly<Record<string, readonly [string, string]>>,
        Readonly<Record<string, string>>,
        boolean,
      ]
    >([
      ["get it by the group all", { cn1: "rack1,all" }, {}, { cn1: "10.77.0.51" }, true],
      ["get it by the group all, without an address", { cn1: "all" }, {}, {}, true],
      ["have one of their own", { cn1: "all" }, { cn1: ["sn1", ""] }, {}, false],
      ["have one by a group", { cn1: "rack1,all" }, { rack1: ["10.77.0.10", ""] }, {}, false],
      ["are a service node's", { cn1: "rack1,all" }, { rack1: ["", "sn1"] }, {}, false],
      [
        "are beside those of a service node, which all would reach",
        { cn1: "all", cn2: "rack1,all" },
        { rack1: ["", "sn1"] },
        {},
        false,
      ],
      [
        "are beside those of a service node, which all would not reach",
        { cn1: "all", cn2: "rack1,all" },
        { rack1: ["10.78.0.1", "sn1"] },
        {},
        true,
      ],
      ["are the pair's own by name", { cn1: "all" }, { cn1: ["", "host1"] }, {}, true],
      ["are not in the group all", { cn1: "rack1", cn2: "all" }, {}, {}, false],
      ["are in another network", { cn1: "all" }, {}, { cn1: "10.78.0.51" }, false],
      ["are still to come", {}, {}, {}, true],
      ["are still to come, and only the hosts are known", { host1: "all" }, {}, {}, true],
    ])("%s", (_, nodelist, noderes, hosts, given) => {
      const rows = (of: Readonly<Record<string, string | readonly string[]>>) =>
        Object.entries(of)
          .map(([node, value]) => `"${[node, value].flat().join('","')}"\n`)
          .join("");
      host.table("sqlite", "nodelist", `#node,groups\n${rows(nodelist)}`);
      host.table("sqlite", "noderes", `#node,xcatmaster,servicenode\n${rows(noderes)}`);
      host.table("sqlite", "hosts", `#node,ip\n${rows(hosts)}`);
      const line = "changed: noderes.xcatmaster of all is 10.77.0.10";
      expect(tables().stdout.split("\n").includes(line)).toBe(given);
      expect(host.read("sqlite/noderes.csv").includes("all,10.77.0.10,")).toBe(given);
      expect(tables()).toEqual({ code: 0, stdout: "", stderr: "" });
    });
  });

  describe("of a pair that serves two networks", () => {
    const two = {
      PEER_NIC: "eno1",
      VIRTUAL_ADDRESS_2: "10.78.0.10",
      VIRTUAL_NETWORK_2: "10.78.0.0",
      VIRTUAL_PREFIX_2: "24",
      VIRTUAL_HOSTNAME_2: "xcatmn-ib0",
      OWN_ADDRESS_2: "10.78.0.11",
      OWN_NAMES_2: "host1-ib0.cluster.example.com host1-ib0",
      PEER_ADDRESS_2: "10.78.0.12",
      PEER_NAMES_2: "host2-ib0",
      NIC_2: "ib0",
      PEER_NIC_2: "ib1",
    };
    /** What is changed of such tables, each a header and rows. */
    const changes = (given: Readonly<Record<string, string>>) => {
      host.configure({ ...host.settings, ...two });
      const empty = { networks: "#netname,net\n", noderes: "#node,servicenode\n" };
      const site = '#key,value\n"master","10.77.0.10"\n"nameservers","10.77.0.10"\n"domain","d"\n';
      host.table("sqlite", "nodelist", "#node,groups\n");
      for (const [name, text] of Object.entries({ site, ...empty, ...given }))
        host.table("sqlite", name, text);
      const { code, stdout, stderr } = tables();
      expect([code, stderr]).toEqual([0, ""]);
      expect(tables()).toEqual({ code: 0, stdout: "", stderr: "" });
      return stdout.trim().split("\n");
    };

    test("name in each network its own virtual IP, wherever DHCP would tell a node a server", () => {
      expect(
        changes({
          networks:
            '#netname,net,gateway,tftpserver,nameservers,ntpservers,logservers\n"lan","10.77.0.0","10.77.0.11","<xcatmaster>",,,"10.77.0.10"\n"ib","10.78.0.0","<xcatmaster>","host2","host1,9.9.9.9",,"10.78.0.12"\n"far","10.79.0.0",,"10.78.0.11",,,\n',
        }),
      ).toEqual(
        [
          "networks.tftpserver of lan is 10.77.0.10",
          "networks.ntpservers of lan is 10.77.0.10",
          "networks.gateway of lan is 10.77.0.10",
          "networks.tftpserver of ib is 10.78.0.10",
          "networks.nameservers of ib is 10.78.0.10,9.9.9.9",
          "networks.ntpservers of ib is 10.78.0.10",
          "networks.logservers of ib is 10.78.0.10",
          "networks.gateway of ib is 10.78.0.10",
          "networks.tftpserver of far is 10.78.0.10",
        ].map((change) => `changed: ${change}`),
      );
    });

    test("give a further network the name server that the site would give it, unless that is another's", () => {
      const networks =
        '#netname,net,tftpserver,nameservers,ntpservers,logservers\n"ib","10.78.0.0","10.78.0.10",,"10.78.0.10","10.78.0.10"\n';
      expect(changes({ networks })).toEqual(["changed: networks.nameservers of ib is 10.78.0.10"]);
      const site = '#key,value\n"master","10.77.0.10"\n"nameservers","9.9.9.9"\n"domain","d"\n';
      expect(changes({ networks, site })).toEqual([""]);
    });

    test("name for each node, and for the nodes of a group, the virtual IP of their network", () => {
      expect(
        changes({
          nodelist: '#node,groups\n"cn1","rack1,all"\n"ib1","rack2,all"\n"ib2","rack2,all"\n',
          hosts: '#node,ip\n"cn1","10.77.0.51"\n"ib1","10.78.0.51"\n"ib2","10.78.0.52"\n',
          noderes:
            '#node,xcatmaster,nfsserver,tftpserver\n"all","1.1.1.1",,\n"cn1",,"host1",\n"rack2",,"host1","10.77.0.11"\n"rack3",,"host2-ib0","xcatmn"\n',
          bootparams: '#node,kcmdline,addkcmdline\n"ib1","inst.repo=http://host1:80/x",\n',
        }),
      ).toEqual(
        [
          "noderes.nfsserver of cn1 is 10.77.0.10",
          "noderes.nfsserver of rack2 is 10.78.0.10",
          "noderes.tftpserver of rack2 is 10.77.0.10",
          "noderes.nfsserver of rack3 is 10.78.0.10",
          "bootparams.kcmdline of ib1 is rewritten",
        ].map((change) => `changed: ${change}`),
      );
      expect(host.read("sqlite/bootparams.csv")).toContain("inst.repo=http://10.78.0.10:80/x");
    });

    test("give nodes without a master that of their network, by groups that reach no other", () => {
      expect(
        changes({
          nodelist:
            '#node,groups\n"cn1","rack1,compute,all"\n"ib1","rack2,ib,all"\n"ib2","ib,compute,all"\n"far","far,all"\n"host1","ib,all"\n',
          hosts:
            '#node,ip\n"cn1","10.77.0.51"\n"ib1","10.78.0.51"\n"ib2","10.78.0.52"\n"far","10.99.0.1"\n',
          noderes: "#node,xcatmaster,servicenode\n",
        }),
      ).toEqual([
        "changed: noderes.xcatmaster of rack1 is 10.77.0.10",
        "changed: noderes.xcatmaster of ib is 10.78.0.10",
      ]);
    });

    test("translate the NIC of each network", () => {
      expect(
        changes({
          site: '#key,value\n"master","10.77.0.10"\n"nameservers","10.77.0.10"\n"domain","d"\n"dhcpinterfaces","host1|eth0,ib0:noboot,eth5"\n',
        }),
      ).toEqual([
        "changed: site.dhcpinterfaces is host1|eth0,ib0:noboot,eth5;host2|eno1,ib1:noboot,eth5",
      ]);
    });
  });

  test("have the networks' boot files written anew when the master changes", () => {
    host.table(
      "sqlite",
      "site",
      `#key,value\n"master","10.77.0.9"\n"tftpdir","${host.path("tftp")}"\n`,
    );
    for (const name of [
      "genesis.kernel.x86_64",
      "genesis.kernel.ppc64",
      "genesis.fs.x86_64.lzma",
    ]) {
      mkdirSync(host.path("tftp/xcat"), { recursive: true });
      writeFileSync(host.path("tftp/xcat", name), "");
    }
    host.command(
      "mknb",
      'echo "mknb $*" >> "$D/called"; [ $1 = x86_64 ] || { echo no room; exit 1; }',
    );
    expect(tables("--check").stdout).not.toContain("mknb");
    expect(tables().stdout).toMatch(/\nmknb ppc64 -c failed: no room\nchanged: mknb x86_64 -c\n$/);
    expect(tables().stdout).toBe("");
    expect(host.called.match(/mknb .*/g)).toEqual(["mknb ppc64 -c", "mknb x86_64 -c"]);
  });
});
