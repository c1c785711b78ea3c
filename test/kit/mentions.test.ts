import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

const RUN = `import json, sys
sys.path.insert(0, sys.argv[1])
import kit, mentions
print(json.dumps(getattr(mentions, sys.argv[2])(kit.settings())))`;

const SITE = '"master","10.77.0.10"\n"nameservers","10.77.0.10"\n"domain","d"\n';
const LAN = "#netname,net,gateway,tftpserver,ntpservers,logservers\n";
const SOUND = '"lan","10.77.0.0","10.77.0.1","10.77.0.10","10.77.0.10","10.77.0.10"\n';

describe("what of xCAT names a host", () => {
  let host: FakeXcat;
  const find = (where: string, settings: Readonly<Record<string, string>> = {}) => {
    host.configure({ ...host.settings, ...settings });
    const { stdout, stderr } = host.execute(["python3", "-B", "-c", RUN, host.program, where], "", {
      ...host.environment,
      XCATHA_HOSTS: host.path("hosts"),
      XCATHA_ROOT: host.path("root"),
      XCATHA_NET: host.path("net"),
      XCATHA_FORWARDING: host.path("forwarding"),
    });
    expect(stderr).toBe("");
    return JSON.parse(stdout) as string[];
  };
  const file = (path: string, text: string | Buffer) => {
    mkdirSync(dirname(host.path("root", path)), { recursive: true });
    writeFileSync(host.path("root", path), text);
  };

  beforeEach(() => {
    host = new FakeXcat({
      VIRTUAL_ADDRESS: "10.77.0.10",
      DHCP_UNIT: "dhcpd",
      DNS_UNIT: "named",
      NAMES_KEPT: "",
    });
    host.command("ip", "printf '2: eth0    inet %s scope global\\n' 10.77.0.11/24 192.168.7.1/24");
    host.command("nodels", "exit 1");
    for (const nic of ["eth0", "eth2"]) mkdirSync(host.path("net", nic), { recursive: true });
    writeFileSync(host.path("hosts"), "10.77.0.12 host2\n");
    host.table("sqlite", "site", `#key,value\n${SITE}`);
    host.table("sqlite", "networks", LAN + SOUND);
    host.table("sqlite", "noderes", '#node,xcatmaster,servicenode\n"all","10.77.0.10",\n');
    host.table(
      "sqlite",
      "policy",
      '#priority,name,rule\n"1.4","host1","trusted"\n"1.5","host2","trusted"\n',
    );
    host.table("sqlite", "nodelist", '#node,groups\n"host1","all"\n"cn1","all"\n');
    host.table("sqlite", "hosts", '#node,ip\n"host1","10.77.0.11"\n"cn1","10.77.0.51"\n');
    host.table("sqlite", "auditlog", '#recid,clientname\n"1","host1"\n');
    host.table("sqlite", "passwd", '#key,username,password\n"system","root","host1x"\n');
  });
  afterEach(() => host[Symbol.dispose]());

  test("is nothing in sound tables: policy, logs, and what tables say of the host itself are none", () => {
    expect(find("in_tables")).toEqual([]);
  });

  /** A table's text, the finding, and settings. */
  type Case = readonly [string, string, string, string, Readonly<Record<string, string>>?];
  const cases: readonly Case[] = [
    [
      "a value that setup would rewrite",
      "noderes",
      '#node,xcatmaster\n"cn1","host2"\n',
      "noderes.xcatmaster of cn1 names host2: chtab node=cn1 noderes.xcatmaster=10.77.0.10",
    ],
    [
      "the same of many rows",
      "noderes",
      `#node,xcatmaster\n${["1", "2", "3", "4", "5"].map((n) => `"cn${n}","10.77.0.1${n}"\n`).join("")}`,
      "noderes.xcatmaster of cn1, cn2 names host1 (10.77.0.11), host2 (10.77.0.12): /usr/local/libexec/xcatha/tables",
    ],
    [
      "more rows than are shown",
      "noderes",
      `#node,xcatmaster\n${["1", "2", "3", "4", "5"].map((n) => `"cn${n}","host1"\n`).join("")}`,
      "noderes.xcatmaster of cn1, cn2, cn3 and 2 more names host1: /usr/local/libexec/xcatha/tables",
    ],
    [
      "what means each host itself",
      "networks",
      `${LAN}"lan","10.77.0.0",,"<xcatmaster>","10.77.0.10","10.77.0.10"\n`,
      "networks.tftpserver of lan means whichever host is active: chdef -t network -o lan tftpserver=10.77.0.10",
    ],
    [
      "a value that may hold a password",
      "bootparams",
      '#node,kcmdline\n"cn1","pw=s3cret xcatd=host1:3001"\n',
      "bootparams.kcmdline of cn1 names host1: /usr/local/libexec/xcatha/tables",
    ],
    [
      "an address of a network without a virtual IP",
      "networks",
      `${LAN}${SOUND}"wan","192.168.7.0","192.168.7.1","10.77.0.10",,\n`,
      "networks.gateway of wan names host1 (192.168.7.1), for which no virtual IP can stand: change it by tabedit networks, or add networks.gateway of wan to names.keep in the model",
    ],
    [
      "a table that setup does not know",
      "vm",
      '#node,host,comments\n"vm1","host2","lives on host1"\n',
      "vm.host of vm1 names host2, for which no virtual IP can stand: change it by tabedit vm, or add vm.host of vm1 to names.keep in the model",
    ],
    [
      "a host as a service node",
      "servicenode",
      '#node,dhcpserver\n"host2","1"\n',
      "servicenode.node of host2 names host2, for which no virtual IP can stand: change it by tabedit servicenode, or add servicenode.node of host2 to names.keep in the model",
    ],
    [
      "an entry of one host alone",
      "site",
      `#key,value\n${SITE}"dhcpinterfaces","host1|eth0"\n`,
      "site.dhcpinterfaces names host1: chdef -t site 'dhcpinterfaces=host1|eth0;host2|eth0'",
    ],
    [
      "no entry of this host",
      "site",
      `#key,value\n${SITE}"dhcpinterfaces","sn|eth0"\n`,
      "site.dhcpinterfaces has no entry for host1: chdef -t site dhcpinterfaces='host1|eth0;host2|eth0;sn|eth0'",
    ],
    [
      "a NIC that is not there",
      "site",
      `#key,value\n${SITE}"dnsinterfaces","eth2,eth7"\n`,
      "site.dnsinterfaces names eth7, which host1 does not have: chdef -t site dnsinterfaces='host1|eth0;host2|eth0'",
    ],
    [
      "a NIC that the peer calls otherwise",
      "site",
      `#key,value\n${SITE}"dhcpinterfaces","eth0"\n`,
      "site.dhcpinterfaces names eth0 for both hosts, which host2 calls eno1: chdef -t site dhcpinterfaces='host1|eth0;host2|eno1'",
      { PEER_NIC: "eno1" },
    ],
    [
      "a network's NIC that the peer calls otherwise",
      "networks",
      '#netname,net,mgtifname,tftpserver,ntpservers,logservers\n"lan","10.77.0.0","eth0","10.77.0.10","10.77.0.10","10.77.0.10"\n',
      "networks.mgtifname of lan is eth0, which host2 calls eno1: give the NIC one name on both hosts, or add networks.mgtifname to names.keep in the model",
      { PEER_NIC: "eno1" },
    ],
  ];
  for (const [name, table, text, finding, settings = {}] of cases)
    test(`is told with what mends it: ${name}`, () => {
      host.table("sqlite", table, text);
      expect(find("in_tables", settings)).toEqual([finding]);
      const place = /^(\w+\.\w+)( of \S+?)?,? /.exec(finding);
      expect(find("in_tables", { ...settings, NAMES_KEPT: `site.x, ${place?.[1]}` })).toEqual([]);
    });

  test("is a node without a master, to which xCAT tells the active host's own address", () => {
    host.table("sqlite", "noderes", "#node,xcatmaster,servicenode\n");
    expect(find("in_tables")).toEqual([
      "noderes.xcatmaster of all means whichever host is active: chtab node=all noderes.xcatmaster=10.77.0.10",
    ]);
    host.table("sqlite", "nodelist", '#node,groups\n"cn1","rack1"\n"cn2","rack1"\n"cn3","rack1"\n');
    const empty = "is empty, which means whichever host is active: chdef -t node -o";
    expect(find("in_tables")).toEqual([
      `noderes.xcatmaster of cn1, cn2, cn3 ${empty} cn1,cn2,cn3 xcatmaster=10.77.0.10`,
    ]);
    expect(find("in_tables", { NAMES_KEPT: "noderes.xcatmaster of cn2" })).toEqual([
      `noderes.xcatmaster of cn1, cn3 ${empty} cn1,cn3 xcatmaster=10.77.0.10`,
    ]);
  });

  test("is told of boot files, by folder, with the command that makes them anew", () => {
    for (const node of ["cn1", "cn2", "cn3", "cn4"])
      file(
        `tftpboot/boot/grub2/${node}`,
        "linux inst.repo=http://10.77.0.11:80/x xcatd=host1:3001\n",
      );
    file(
      "tftpboot/xcat/xnba/nets/10.77.0.0_24",
      "imgfetch genesis.kernel.x86_64 xcatd=10.77.0.12:3001\n",
    );
    file(
      "tftpboot/pxelinux.cfg/0A4D00",
      "KERNEL xcat/genesis.kernel.ppc64 APPEND xcatd=10.77.0.11:3001\n",
    );
    file("tftpboot/kernel", Buffer.from("\0 10.77.0.11 "));
    file("tftpboot/huge", "10.77.0.11\n".repeat(30_000));
    file(
      "install/autoinst/cn1",
      '# a list of host1 and hostile words\nexport MASTER_IP="10.77.0.12"\n',
    );
    file("install/autoinst/cn2", "head /host1/x 10.77.0.110 ahost1\n");
    file("install/autoinst/kept/cn3", "10.77.0.11\n");
    expect(find("in_files", { NAMES_KEPT: "/install/autoinst/kept" })).toEqual([
      "cn1 of /install/autoinst names host2 (10.77.0.12): chdef -t node -o cn1 xcatmaster=10.77.0.10, then nodeset cn1 osimage",
      "cn1, cn2, cn3 and 1 more of /tftpboot/boot/grub2 name host1 (10.77.0.11): chdef -t node -o cn1,cn2,cn3 xcatmaster=10.77.0.10, then nodeset cn1,cn2,cn3 osimage; the others alike",
      "0A4D00 of /tftpboot/pxelinux.cfg names host1 (10.77.0.11): mknb ppc64",
      "10.77.0.0_24 of /tftpboot/xcat/xnba/nets names host2 (10.77.0.12): mknb x86_64",
    ]);
  });

  test("is told of DHCP, by the attribute that each statement is made of", () => {
    file(
      "etc/dhcp/dhcpd.conf",
      `# xCAT on 10.77.0.11
  subnet 10.77.0.0 netmask 255.255.255.0 {
    next-server  10.77.0.11;
    option log-servers 10.77.0.10;
    option domain-name-servers  10.77.0.10, 10.77.0.12;
    option cumulus-provision-url "http://10.77.0.11/install/postscripts/cumulusztp";
    zone d. {
       primary 10.77.0.10; key xcat_key; 
    }
    host host1 { fixed-address 10.77.0.11; }
`,
    );
    file(
      "etc/kea/kea-dhcp4.conf",
      JSON.stringify({
        Dhcp4: {
          subnet4: [
            {
              subnet: "10.77.0.0/24",
              "next-server": "10.77.0.10",
              "option-data": [{ name: "routers", data: "10.77.0.11" }],
              reservations: [{ hostname: "host1", "ip-address": "10.77.0.11" }],
            },
          ],
        },
      }),
    );
    const mend = (value: string) =>
      `chdef -t network -o lan ${value}=10.77.0.10, then makedhcp -n and makedhcp -a`;
    expect(find("in_services")).toEqual([
      `next-server, cumulus-provision-url of /etc/dhcp/dhcpd.conf names host1 (10.77.0.11): ${mend("tftpserver")}`,
      `domain-name-servers of /etc/dhcp/dhcpd.conf names host2 (10.77.0.12): ${mend("nameservers")}`,
      `routers of /etc/kea/kea-dhcp4.conf names host1 (10.77.0.11): ${mend("gateway")}`,
    ]);
    expect(find("in_services", { NAMES_KEPT: "/etc/dhcp, /etc/kea/kea-dhcp4.conf" })).toEqual([]);
    expect(find("in_services", { DHCP_UNIT: "" })).toEqual([]);
  });

  test("is told with the virtual IP of the network that each belongs to", () => {
    const two = {
      VIRTUAL_ADDRESS_2: "10.78.0.10",
      VIRTUAL_NETWORK_2: "10.78.0.0",
      VIRTUAL_PREFIX_2: "24",
      VIRTUAL_HOSTNAME_2: "xcatmn-ib0",
      OWN_ADDRESS_2: "10.78.0.11",
      PEER_ADDRESS_2: "10.78.0.12",
      NIC_2: "ib0",
      PEER_NIC_2: "ib1",
    };
    host.table("sqlite", "networks", `${LAN}${SOUND}"ib","10.78.0.0","ib0",,,\n`);
    file("tftpboot/boot/grub2/ib1", "linux inst.repo=http://10.78.0.12:80/x\n");
    expect(find("in_files", two)).toEqual([
      "ib1 of /tftpboot/boot/grub2 names host2 (10.78.0.12): chdef -t node -o ib1 xcatmaster=10.78.0.10, then nodeset ib1 osimage",
    ]);
    const subnet = (net: string, server: string) =>
      `subnet ${net} netmask 255.255.255.0 {\n  next-server ${server};\n}\n`;
    file(
      "etc/dhcp/dhcpd.conf",
      subnet("10.77.0.0", "10.77.0.11") + subnet("10.78.0.0", "10.77.0.12"),
    );
    file(
      "etc/kea/kea-dhcp4.conf",
      JSON.stringify({
        Dhcp4: { subnet4: [{ subnet: "10.78.0.0/24", "next-server": "10.77.0.11" }] },
      }),
    );
    const told = (path: string, who: string, net: string, address: string) =>
      `next-server of ${path} names ${who}: chdef -t network -o ${net} tftpserver=${address}, then makedhcp -n and makedhcp -a`;
    expect(find("in_services", two)).toEqual([
      told("/etc/dhcp/dhcpd.conf", "host1 (10.77.0.11)", "lan", "10.77.0.10"),
      told("/etc/dhcp/dhcpd.conf", "host2 (10.77.0.12)", "ib", "10.78.0.10"),
      told("/etc/kea/kea-dhcp4.conf", "host1 (10.77.0.11)", "ib", "10.78.0.10"),
    ]);
    host.table("sqlite", "networks", `${LAN}${SOUND}`);
    host.table("sqlite", "site", `#key,value\n${SITE}"dhcpinterfaces","eth0,ib0"\n`);
    mkdirSync(host.path("net/ib0"));
    expect(find("in_tables", two)).toEqual([
      "site.dhcpinterfaces names ib0 for both hosts, which host2 calls ib1: chdef -t site dhcpinterfaces='host1|eth0,ib0;host2|eth0,ib1'",
    ]);
  });

  test("is told of zones that lead to a host under another name than its own", () => {
    const mend = "give its names in /etc/hosts to the virtual IP, then makedns -n";
    file(
      "var/named/db.d",
      `$ORIGIN .
$TTL 86400
cluster.example.com IN SOA xcatmn.cluster.example.com. root.xcatmn.cluster.example.com. (
  2026112901 ; serial host1.
  )
    NS  xcatmn.cluster.example.com.
$ORIGIN cluster.example.com.
host1  A 10.77.0.11
xcatmn  IN A 10.77.0.10
host2  CNAME host2.cluster.example.com.
tftp  A 10.77.0.12
`,
    );
    file("var/lib/bind/db.e", "repo 300 IN CNAME host1.cluster.example.com.\n");
    file("var/lib/bind/db.e.jnl", "repo CNAME host1.cluster.example.com.\n");
    expect(find("in_services")).toEqual([
      `/var/lib/bind/db.e leads to host1 (host1.cluster.example.com): ${mend}`,
      `/var/named/db.d leads to host2 (10.77.0.12): ${mend}`,
    ]);
    expect(find("in_services", { NAMES_KEPT: "/var/lib/bind/db.e, /var/named/db.d" })).toEqual([]);
    expect(find("in_services", { DNS_UNIT: "" })).toEqual([]);
  });

  test.each([
    ["xcatmn", true],
    ["elsewhere", false],
  ])("is the name server of a zone, where the hostname moves: on %s", (hostname, told) => {
    file("var/named/db.d", "@ IN SOA host1.cluster.example.com. root ( 1 )\n  IN NS host2.\n");
    host.configure({ ...host.settings });
    const { stdout } = host.execute(
      [
        ...["unshare", "--uts", "bash", "-c", 'hostname "$1"; shift; exec "$@"', "-", hostname],
        ...["python3", "-B", "-c", RUN, host.program, "in_services"],
      ],
      "",
      { ...host.environment, XCATHA_ROOT: host.path("root"), XCATHA_HOSTS: host.path("hosts") },
    );
    expect(JSON.parse(stdout)).toEqual(
      told
        ? [
            expect.stringMatching(
              /^\/var\/named\/db\.d leads to host1 \(host1\.cluster\.example\.com\), host2: /,
            ),
          ]
        : [],
    );
  });
});
