import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkSchema } from "../../../src/model/check-schema.js";
import { rules } from "../../../src/model/rules/index.js";
import { type Edits, faultsOf, modelText } from "./models.js";

type Case = readonly [name: string, edits: Edits, ...faults: string[]];

const added = "/shared/directories/add";
const dropped = "/shared/directories/drop";
const fencing = (status: string): Edits => ({ "/hosts/0/fencing": { status } });
const long = (length: number): string => "a".repeat(length);

const LAN = { address: "10.5.106.50", prefix: 24, nic: "eth0", hostname: "hamn" };
const IB = { address: "10.20.0.50", prefix: 24, nic: "ib0" };
const WAN = { address: "10.30.0.50", prefix: 24, nic: "eth2" };

/** A pair of two networks with edits, or of three. */
const two = (edits: Edits = {}, three = false): Edits => ({
  "/virtual": [LAN, IB],
  "/hosts/0/addresses": [{ address: "10.20.0.70" }, ...(three ? [{ address: "10.30.0.70" }] : [])],
  "/hosts/1/addresses": [{ address: "10.20.0.5" }, ...(three ? [{ address: "10.30.0.5" }] : [])],
  ...edits,
});

const cases: Readonly<Record<string, readonly Case[]>> = {
  addresses: [
    [
      "another private range",
      {
        "/hosts/0/address": "172.16.0.1",
        "/hosts/1/address": "172.16.0.2",
        "/virtual/address": "172.16.0.3",
      },
    ],
    ["malformed", { "/hosts/0/address": "10.5.106" }, "address-malformed /hosts/0/address"],
    ["leading zero", { "/virtual/address": "10.5.106.050" }, "address-malformed /virtual/address"],
    ["a name", { "/hosts/1/address": "host2.example.com" }, "address-malformed /hosts/1/address"],
    ["loopback", { "/hosts/0/address": "127.0.0.1" }, "address-special /hosts/0/address"],
    ["multicast", { "/virtual/address": "224.0.0.18" }, "address-special /virtual/address"],
    ["equal hosts", { "/hosts/1/address": "10.5.106.70" }, "host-addresses-equal /hosts/1/address"],
    [
      "virtual IP of a host",
      { "/virtual/address": "10.5.106.5" },
      "virtual-ip-is-host /virtual/address",
    ],
  ],
  connections: [
    ["in another network", { "/hosts/0/ansible_host": "192.168.7.11" }],
    ["a name", { "/hosts/0/ansible_host": "mn1-admin.example.org" }],
    [
      "behind one address",
      {
        "/hosts/0/ansible_host": "gate",
        "/hosts/0/port": 2201,
        "/hosts/1/ansible_host": "gate",
        "/hosts/1/port": 2202,
      },
    ],
    [
      "no address",
      { "/hosts/0/ansible_host": "192.168.7.300" },
      "connection-malformed /hosts/0/ansible_host",
    ],
    ["no name", { "/hosts/1/ansible_host": "mn_1" }, "connection-malformed /hosts/1/ansible_host"],
    [
      "loopback",
      { "/hosts/1/ansible_host": "127.0.0.1" },
      "connection-malformed /hosts/1/ansible_host",
    ],
    [
      "the virtual IP",
      { "/hosts/0/ansible_host": "10.5.106.50" },
      "connection-virtual /hosts/0/ansible_host",
    ],
    [
      "the virtual hostname",
      { "/hosts/0/ansible_host": "hamn.example.org" },
      "connection-virtual /hosts/0/ansible_host",
    ],
    [
      "one place for both",
      { "/hosts/0/ansible_host": "gate", "/hosts/1/ansible_host": "gate" },
      "connections-equal /hosts/1/ansible_host",
    ],
    [
      "the other host",
      { "/hosts/0/ansible_host": "10.5.106.5" },
      "connections-equal /hosts/0/ansible_host",
    ],
  ],
  files: [
    ["of the site's", { "/shared/files": ["/etc/auto.nodes", "/root/.ssh/id_ed25519"] }],
    ["relative", { "/shared/files": ["auto.nodes"] }, "carried-file-illegal /shared/files/0"],
    ["twice", { "/shared/files": ["/etc/a", "/etc/a"] }, "carried-file-illegal /shared/files/1"],
    [
      "the host's own, carried already, or shared",
      {
        "/shared/files": ["/etc/ssh/ssh_host_rsa_key", "/etc/hosts", "/install/x", "/etc/fstab"],
      },
      "carried-file-illegal /shared/files/0",
      "carried-file-illegal /shared/files/1",
      "carried-file-illegal /shared/files/2",
      "carried-file-illegal /shared/files/3",
    ],
  ],
  subnet: [
    ["prefix in place of netmask", { "/virtual/netmask": undefined, "/virtual/prefix": 24 }],
    ["both, agreeing", { "/virtual/prefix": 24 }],
    ["wide", { "/virtual/netmask": "255.0.0.0", "/hosts/1/address": "10.200.0.1" }],
    [
      "narrow",
      {
        "/virtual/netmask": "255.255.255.192",
        "/virtual/address": "10.5.106.71",
        "/hosts/1/address": "10.5.106.72",
      },
    ],
    ["neither", { "/virtual/netmask": undefined }, "key-missing /virtual/netmask"],
    ["both, disagreeing", { "/virtual/prefix": 25 }, "netmask-and-prefix-disagree /virtual/prefix"],
    [
      "not contiguous",
      { "/virtual/netmask": "255.255.255.1" },
      "netmask-malformed /virtual/netmask",
    ],
    ["inverted", { "/virtual/netmask": "0.0.0.255" }, "netmask-malformed /virtual/netmask"],
    ["/31", { "/virtual/netmask": "255.255.255.254" }, "netmask-malformed /virtual/netmask"],
    ["/0", { "/virtual/netmask": "0.0.0.0" }, "netmask-malformed /virtual/netmask"],
    [
      "prefix 31",
      { "/virtual/netmask": undefined, "/virtual/prefix": 31 },
      "number-out-of-range /virtual/prefix",
    ],
    [
      "netmask of a wrong type: no second complaint",
      { "/virtual/netmask": 24 },
      "type-wrong /virtual/netmask",
    ],
    [
      "network address",
      { "/hosts/0/address": "10.5.106.0" },
      "address-is-network /hosts/0/address",
    ],
    [
      "broadcast address",
      { "/virtual/address": "10.5.106.255" },
      "address-is-broadcast /virtual/address",
    ],
    [
      "0 and 255 inside a wide subnet",
      {
        "/virtual/netmask": "255.255.252.0",
        "/hosts/0/address": "10.5.105.255",
        "/hosts/1/address": "10.5.106.0",
      },
    ],
    [
      "one host outside",
      { "/hosts/1/address": "10.5.107.5" },
      "host-outside-subnet /hosts/1/address",
    ],
    [
      "virtual IP outside",
      { "/virtual/address": "10.6.0.1" },
      "virtual-ip-outside-subnet /virtual/address",
    ],
    [
      "all three apart",
      { "/hosts/0/address": "10.5.107.5", "/hosts/1/address": "10.5.108.5" },
      "host-outside-subnet /hosts/0/address",
      "host-outside-subnet /hosts/1/address",
    ],
    [
      "malformed address: no word on the subnet",
      { "/virtual/address": "10.5.106.999" },
      "address-malformed /virtual/address",
    ],
  ],
  networks: [
    ["one, as a list", { "/virtual": [LAN] }],
    ["two", two()],
    ["three, on one NIC", two({ "/virtual": [LAN, IB, { ...WAN, nic: "ib0" }] }, true)],
    ["none", { "/virtual": [] }, "count-wrong /virtual"],
    [
      "the first without a name",
      { "/virtual": [{ ...LAN, hostname: undefined }] },
      "key-missing /virtual/0/hostname",
    ],
    [
      "without a netmask",
      two({ "/virtual": [LAN, { ...IB, prefix: undefined }] }),
      "key-missing /virtual/1/netmask",
    ],
    [
      "one inside another",
      two({ "/virtual": [LAN, { ...IB, address: "10.5.9.9", prefix: 16 }] }),
      "networks-overlap /virtual/1/address",
    ],
    [
      "a host without a leg",
      two({ "/hosts/1/addresses": undefined }),
      "host-address-missing /hosts/1/1",
    ],
    [
      "a leg elsewhere",
      two({ "/hosts/1/addresses": [{ address: "10.20.0.5" }, { address: "10.99.0.5" }] }),
      "host-address-stray /hosts/1/addresses/1/address",
    ],
    [
      "two legs in one network",
      two({ "/hosts/1/addresses": [{ address: "10.20.0.5" }, { address: "10.20.0.6" }] }),
      "host-address-stray /hosts/1/addresses/1/address",
    ],
    [
      "legs and one virtual IP",
      { "/hosts/0/addresses": [{ address: "10.20.0.70" }] },
      "host-address-stray /hosts/0/addresses/0/address",
    ],
    [
      "a leg that ends its subnet",
      two({ "/hosts/1/addresses": [{ address: "10.20.0.255" }] }),
      "address-is-broadcast /hosts/1/addresses/0/address",
    ],
    [
      "a leg of both hosts",
      two({ "/hosts/1/addresses": [{ address: "10.20.0.70" }] }),
      "host-addresses-equal /hosts/1/addresses/0/address",
    ],
    [
      "a virtual IP of a host",
      two({ "/virtual": [LAN, { ...IB, address: "10.20.0.5" }] }),
      "virtual-ip-is-host /virtual/1/address",
    ],
    [
      "one name for two",
      two({ "/virtual": [LAN, { ...IB, hostname: "hamn.example.org" }] }),
      "hostnames-equal /virtual/1/hostname",
    ],
    [
      "a host's name",
      two({ "/virtual": [LAN, { ...IB, hostname: "host2" }] }),
      "hostnames-equal /virtual/1/hostname",
    ],
    ["no NIC", two({ "/virtual": [LAN, { ...IB, nic: "a b" }] }), "nic-illegal /virtual/1/nic"],
    [
      "no NIC of a host",
      two({ "/hosts/1/addresses": [{ address: "10.20.0.5", nic: "a b" }] }),
      "nic-illegal /hosts/1/addresses/0/nic",
    ],
    [
      "a connection to a further virtual IP",
      two({ "/hosts/0/ansible_host": "10.20.0.50" }),
      "connection-virtual /hosts/0/ansible_host",
    ],
    [
      "a connection to the other host's leg",
      two({ "/hosts/0/ansible_host": "10.20.0.5" }),
      "connections-equal /hosts/0/ansible_host",
    ],
    [
      "an export of a further virtual IP",
      two({ "/shared/device": "10.20.0.50:/export" }),
      "device-inside-pair /shared/device",
    ],
  ],
  names: [
    [
      "dotted, digits, capitals",
      {
        "/hosts/0/name": "MN1.Example.com",
        "/hosts/1/name": "2mn",
        "/virtual/hostname": "ha-mn.example.com",
      },
    ],
    ["own hostname like the name", { "/hosts/0/hostname": "host1.example.com" }],
    ["63 characters", { "/hosts/0/name": long(63) }],
    ["64 characters", { "/hosts/0/name": long(64) }, "hostname-illegal /hosts/0/name"],
    ["64 in all", { "/hosts/0/name": `${long(31)}.${long(32)}` }],
    ["65 in all", { "/hosts/0/name": `${long(32)}.${long(32)}` }, "hostname-illegal /hosts/0/name"],
    ["underscore", { "/hosts/0/name": "mn_1" }, "hostname-illegal /hosts/0/name"],
    [
      "dash at an end",
      { "/virtual/hostname": "ha-.example.com" },
      "hostname-illegal /virtual/hostname",
    ],
    [
      "trailing dot",
      { "/hosts/1/hostname": "mn2.example.com." },
      "hostname-illegal /hosts/1/hostname",
    ],
    ["an address", { "/hosts/1/name": "10.5.106.5" }, "hostname-illegal /hosts/1/name"],
    [
      "localhost",
      { "/hosts/0/hostname": "localhost.localdomain" },
      "hostname-illegal /hosts/0/hostname",
    ],
    ["equal", { "/hosts/1/name": "host1" }, "hostnames-equal /hosts/1/name"],
    ["equal but for capitals", { "/hosts/1/name": "Host1" }, "hostnames-equal /hosts/1/name"],
    [
      "equal before the dot",
      { "/virtual/hostname": "host2.example.com" },
      "hostnames-equal /virtual/hostname",
    ],
    [
      "hostname like the peer's name",
      { "/hosts/1/hostname": "host1" },
      "hostnames-equal /hosts/1/hostname",
    ],
    ["a group's", { "/hosts/0/name": "all" }, "host-name-reserved /hosts/0/name"],
    ["pair", { "/name": "_ha_2" }],
    ["pair with a dash", { "/name": "ha-mn" }, "pair-name-illegal /name"],
    ["pair with a digit first", { "/name": "2ha" }, "pair-name-illegal /name"],
    ["pair like a group", { "/name": "ungrouped" }, "pair-name-illegal /name"],
    ["pair like a host", { "/name": "host1" }, "pair-name-illegal /name"],
    [
      "pair after a virtual hostname that is a group's",
      { "/virtual/hostname": "all.example.com" },
      "pair-name-illegal /virtual/hostname",
    ],
    [
      "pair named, virtual hostname a group's",
      { "/virtual/hostname": "all.example.com", "/name": "hamn" },
    ],
    ["domain", { "/site/domain": "a.b.example" }],
    ["domain with a dot first", { "/site/domain": ".example" }, "domain-illegal /site/domain"],
    [
      "long domain",
      { "/site/domain": Array(64).fill("abc").join(".") },
      "domain-illegal /site/domain",
    ],
  ],
  login: [
    [
      "bond, VLAN and long NICs",
      { "/hosts/0/nic": "bond0.100", "/hosts/1/nic": "br-lan_0", "/virtual/nic": long(15) },
    ],
    ["16 characters", { "/virtual/nic": long(16) }, "nic-illegal /virtual/nic"],
    ["slash", { "/hosts/0/nic": "eth/0" }, "nic-illegal /hosts/0/nic"],
    ["alias with a colon", { "/hosts/0/nic": "eth0:1" }, "nic-illegal /hosts/0/nic"],
    ["empty", { "/virtual/nic": "" }, "nic-illegal /virtual/nic"],
    ["user of a directory service", { "/hosts/0/user": "ansible@example.com" }],
    ["user like an option", { "/hosts/0/user": "-l" }, "user-illegal /hosts/0/user"],
    ["user with a blank", { "/hosts/0/user": "a b" }, "user-illegal /hosts/0/user"],
  ],
  fencing: [
    ["plain", fencing("ipmitool -H mn1-bmc -U xcat -f /etc/xcatha/mn1 power status")],
    ["quoted", fencing(`fence_x --comment "it's (a) host" 'a | b' a\\;b`)],
    ...[
      "echo Chassis Power is on | grep -c off",
      "a; b",
      "a && b",
      "a < /etc/x",
      "a > /dev/null",
      "a $HOST",
      "a '$HOST'",
      "a `b`",
      'a "b',
      "a 'b",
      " ",
      "",
    ].map(
      (command): Case => [
        command,
        fencing(command),
        "fencing-command-illegal /hosts/0/fencing/status",
      ],
    ),
  ],
  "passwords in fencing commands": [
    ["in a file", fencing("ipmitool -p 623 -f /etc/xcatha/mn1 power status")],
    ["in a file of another program", fencing("fence_x --password-script=/x --ip=::1")],
    ...[
      "ipmitool -H bmc -P secret power status",
      "fence_ipmilan -a bmc -p secret -o status",
      "fence_x --password=secret",
      "fence_x --passwd secret",
      "curl -u admin:secret https://bmc/power",
      "curl https://admin:secret@bmc/power",
    ].map(
      (command): Case => [
        command,
        fencing(command),
        "warning: fencing-command-secret /hosts/0/fencing/status",
      ],
    ),
  ],
  "shared path": [
    ...[
      "/HA-data",
      "/srv/ha",
      "/mnt/ha",
      "/mnt",
      "/var/ha",
      "/opt/ha",
      "/home/ha",
      "/installation",
      "/var/lib/pgsql2",
    ].map((path): Case => [path, { "/shared/path": path }]),
    ...[
      "HA-data",
      "./HA",
      "",
      "/HA data",
      "/HA//data",
      "/HA/",
      "/HA/../etc",
      "/HA/./x",
      "/HA$x",
      "/Ḧ",
      `/${long(255)}`,
    ].map((path): Case => [path, { "/shared/path": path }, "shared-path-malformed /shared/path"]),
    ...[
      "/",
      "/etc",
      "/usr",
      "/var",
      "/root",
      "/boot",
      "/bin",
      "/home",
      "/dev",
      "/proc",
      "/sys",
      "/run",
      "/tmp",
      "/opt",
      "/srv",
      "/etc/ha",
      "/etc/xcat",
      "/usr/local/ha",
      "/dev/shm",
      "/run/ha",
      "/tmp/ha",
      "/var/lib",
      "/opt/xcat/ha",
      "/var/run/ha",
    ].map((path): Case => [path, { "/shared/path": path }, "shared-path-dangerous /shared/path"]),
    ...["/install", "/install/ha", "/tftpboot/x/y", "/root/.xcat/ha", "/var/lib/pgsql/ha"].map(
      (path): Case => [path, { "/shared/path": path }, "shared-path-overlaps /shared/path"],
    ),
    ["another database's directory", { "/shared/path": "/var/lib/pgsql", "/database": "sqlite" }],
    ["inside a dropped directory", { "/shared/path": "/install/ha", [dropped]: ["/install"] }],
    [
      "platform unknown: no word on its database",
      { "/shared/path": "/var/lib/pgsql/ha", "/platform": "el" },
      "value-unknown /platform",
    ],
    ["disk", { "/shared/device": "/dev/disk/by-path/pci-0000:00:1f.2-ata-1" }],
    ["logical volume", { "/shared/device": "/dev/mapper/vg-xcat+1" }],
    ["export", { "/shared/device": "nas.example.com:/export/xcat_1" }],
    ["export of an address", { "/shared/device": "10.5.106.71:/" }],
    ...[
      "sdb1",
      "/srv/disk.img",
      "/dev/",
      "/dev/../etc/passwd",
      "nas:export",
      "/dev/sd b",
      "UUID=1-2",
      "nas:/a,b",
      "-o:/x",
    ].map(
      (device): Case => [device, { "/shared/device": device }, "device-malformed /shared/device"],
    ),
    ...["host1:/x", "hamn.example.com:/x", "10.5.106.5:/x", "10.5.106.50:/x"].map(
      (device): Case => [device, { "/shared/device": device }, "device-inside-pair /shared/device"],
    ),
  ],
  directories: [
    ["some more", { [added]: ["/var/spool/slurm", "/etc/slurm", "/opt/site"] }],
    ["in place of a dropped one", { [dropped]: ["/install"], [added]: ["/install/custom"] }],
    ["relative", { [added]: ["spool"] }, `directory-illegal ${added}/0`],
    [
      "system",
      { [added]: ["/etc", "/proc/x", "/var/lib"] },
      `directory-illegal ${added}/0`,
      `directory-illegal ${added}/1`,
      `directory-illegal ${added}/2`,
    ],
    ["twice", { [added]: ["/a", "/a"] }, `directories-overlap ${added}/1`],
    ["inside another", { [added]: ["/a/b", "/a"] }, `directories-overlap ${added}/1`],
    ["inside a default", { [added]: ["/etc/xcat/more"] }, `directories-overlap ${added}/0`],
    [
      "around the database",
      { [added]: ["/var/lib/pgsql/data/log"] },
      `directories-overlap ${added}/0`,
    ],
    [
      "around the shared path",
      { "/shared/path": "/data/ha", [added]: ["/data"] },
      `directories-overlap ${added}/0`,
    ],
    ["dropping what is droppable", { [dropped]: ["/install", "/tftpboot", "/root/.xcat"] }],
    ["dropping what is not shared", { [dropped]: ["/opt"] }, `directory-not-default ${dropped}/0`],
    [
      "dropping another database's",
      { [dropped]: ["/var/lib/mysql"] },
      `directory-not-default ${dropped}/0`,
    ],
    [
      "dropping twice",
      { [dropped]: ["/install", "/install"] },
      `directory-not-default ${dropped}/1`,
    ],
    [
      "dropping the tables",
      { [dropped]: ["/etc/xcat", "/var/lib/pgsql"] },
      `directory-needed ${dropped}/0`,
      `directory-needed ${dropped}/1`,
    ],
    [
      "dropping Debian's PostgreSQL",
      { "/platform": "debian12", [dropped]: ["/etc/postgresql"] },
      `directory-needed ${dropped}/0`,
    ],
  ],
  "names.keep": [
    [
      "places and paths",
      {
        "/names": {
          keep: ["site.ntpservers", "networks.gateway of a_b-c.d", "/install/autoinst/cn1"],
        },
      },
    ],
    ...[
      "gateway",
      "tftpboot/cn1",
      "networks.gateway of",
      "site.a, site.b",
      "networks.gateway of a b",
    ].map(
      (place): Case => [
        place,
        { "/names": { keep: ["site.ntpservers", place] } },
        "kept-name-malformed /names/keep/1",
      ],
    ),
  ],
  backup: [
    ["at another time", { "/backup": { path: "/var/backups/xcat", time: "23:59" } }],
    ...["25:99", "02:30 UTC", "2:30", "24:00"].map(
      (time): Case => [
        time,
        { "/backup": { path: "/var/backups/xcat", time } },
        "backup-time-malformed /backup/time",
      ],
    ),
    ["on a disk of its own", { "/backup": { path: "/var/backups/xcat" } }],
    ["relative", { "/backup": { path: "backups" } }, "backup-path-malformed /backup/path"],
    [
      "a system tree",
      { "/backup": { path: "/usr/lib/xcat" } },
      "backup-path-malformed /backup/path",
    ],
    [
      "on the shared path",
      { "/backup": { path: "/HA-data/dumps" } },
      "backup-on-shared-data /backup/path",
    ],
    [
      "in a shared directory",
      { "/backup": { path: "/install/dumps" } },
      "backup-on-shared-data /backup/path",
    ],
  ],
  text: [
    ["lone braces", { "/xcat/version": "2.18", "/shared/path": "/HA-data" }],
    ["expression", { "/virtual/hostname": "{{ x }}" }, "jinja-in-value /virtual/hostname"],
    ["statement", { "/shared/path": "/{% x %}" }, "jinja-in-value /shared/path"],
    ["comment", { "/hosts/0/name": "a{#b" }, "jinja-in-value /hosts/0/name"],
    ["in a list", { [added]: ["/a", "/{{b}}"] }, `jinja-in-value ${added}/1`],
    ["line break", { "/hosts/0/nic": "eth0\n" }, "newline-in-value /hosts/0/nic"],
    [
      "control character",
      { "/services": [{ unit: "a\u0000" }] },
      "control-character-in-value /services/0/unit",
    ],
    ...["\uFEFF", "\uFFFE", "\uFFFF", "\uD83D", "\uDE00"].map(
      (character): Case => [
        JSON.stringify(character),
        fencing(`power ${character}`),
        "control-character-in-value /hosts/0/fencing/status",
      ],
    ),
    ["a character of two halves", fencing("power 😀")],
    ["line separator", { "/hosts/0/user": "a\u2028b" }, "control-character-in-value /hosts/0/user"],
    ["in a key", { "/{{ x }}": 1 }, "key-unknown /{{ x }}"],
  ],
  platform: [
    ["conserver where it is", { "/platform": "debian12", "/console": "conserver" }],
    ["none anywhere", { "/console": "none", "/dhcp": "none" }],
    ["conserver where it is not", { "/console": "conserver" }, "platform-lacks-console /console"],
    ["Kea where it is not", { "/dhcp": "kea" }, "platform-lacks-dhcp /dhcp"],
    [
      "platform unknown: no word on its console",
      { "/platform": "el", "/console": "conserver" },
      "value-unknown /platform",
    ],
  ],
  services: [
    [
      "some",
      {
        "/services": [
          { unit: "slurmctld", place: "before-xcat" },
          { unit: "app@one" },
          { unit: "my:unit_2.x" },
        ],
      },
    ],
    [
      "of something that is switched off",
      { "/dhcp": "none", "/dns": false, "/services": [{ unit: "dhcpd" }, { unit: "named" }] },
    ],
    ["suffix", { "/services": [{ unit: "a.service" }] }, "unit-illegal /services/0/unit"],
    ["socket", { "/services": [{ unit: "a.socket" }] }, "unit-illegal /services/0/unit"],
    ["template", { "/services": [{ unit: "a@" }] }, "unit-illegal /services/0/unit"],
    ["like an option", { "/services": [{ unit: "-a" }] }, "unit-illegal /services/0/unit"],
    ["twice", { "/services": [{ unit: "a" }, { unit: "a" }] }, "unit-twice /services/1/unit"],
    ["xcatd", { "/services": [{ unit: "xcatd" }] }, "unit-own /services/0/unit"],
    ["the database", { "/services": [{ unit: "postgresql" }] }, "unit-own /services/0/unit"],
    [
      "the clock, even unmanaged",
      { "/ntp": "none", "/services": [{ unit: "chronyd" }] },
      "unit-own /services/0/unit",
    ],
    ["sshd", { "/services": [{ unit: "sshd" }] }, "unit-vital /services/0/unit"],
    [
      "systemd's own",
      { "/services": [{ unit: "systemd-networkd" }] },
      "unit-vital /services/0/unit",
    ],
  ],
  xcat: [
    ["packages", { "/xcat/source": "packages" }],
    [
      "a file",
      { "/xcat/source": { script: "/srv/go-xcat", core: "/srv/core", dep: "/srv/dep.tar.bz2" } },
    ],
    ["a URL", { "/xcat/source": { script: "https://mirror.example.com:8443/x/go-xcat?a=b" } }],
    ["a word", { "/xcat/version": "newest" }, "version-malformed /xcat/version"],
    ["devel", { "/xcat/version": "devel" }, "version-moving /xcat/version"],
    ["latest", { "/xcat/version": "latest" }, "version-moving /xcat/version"],
    ["relative", { "/xcat/source": { script: "go-xcat" } }, "source-malformed /xcat/source/script"],
    [
      "another scheme",
      { "/xcat/source": { script: "file:///go-xcat" } },
      "source-malformed /xcat/source/script",
    ],
    [
      "shell",
      { "/xcat/source": { script: "https://a/$(id)" } },
      "source-malformed /xcat/source/script",
    ],
    [
      "login",
      { "/xcat/source": { script: "/go-xcat", core: "https://u:p@a/b" } },
      "source-malformed /xcat/source/core",
    ],
  ],
};

describe.each(Object.entries(cases))("%s", (_group, list) => {
  const named = list.map(([name, edits, ...faults]) => ({ name, edits, faults }));
  test.each(named)("$name", ({ edits, faults }) => {
    expect(faultsOf(edits)).toEqual(faults);
  });
});

describe("rules", () => {
  test("are all silent on an empty document", () => {
    expect(rules.flatMap((rule) => [...rule({})])).toEqual([]);
  });

  test("each speak in some case above", () => {
    const texts = Object.values(cases).flatMap((list) => list.map((one) => modelText(one[1])));
    const drafts = texts.map((text) => checkSchema(parse(text)).draft);
    const silent = rules.filter((rule) => drafts.every((draft) => [...rule(draft)].length === 0));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
