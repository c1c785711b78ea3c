import type { DatabaseEngine, NfsServer, Platform, Service } from "../types.js";
import { keaLeases, nfsTracker } from "./common.js";

/** What /etc/os-release calls RHEL and its rebuilds. */
const rhelIds: readonly string[] = ["rhel", "rocky", "almalinux", "centos", "ol"];

/** Tools that the playbooks call; `iputils` brings arping and ping. */
const rhelTools: readonly string[] = [
  "acl",
  "attr",
  "iproute",
  "iputils",
  "openssh-clients",
  "openssl",
  "procps-ng",
  "psmisc",
];

const rhelPostgresql: DatabaseEngine = {
  label: "PostgreSQL",
  unit: "postgresql",
  also: [],
  enableable: true,
  packages: ["postgresql-server", "postgresql", "perl-DBD-Pg"],
  directories: ["/var/lib/pgsql"],
  dataDirectory: "/var/lib/pgsql/data",
  hbaFile: "/var/lib/pgsql/data/pg_hba.conf",
  configFile: "/var/lib/pgsql/data/postgresql.conf",
  user: "postgres",
  port: 5432,
  server: null,
  initialise: ["/usr/bin/postgresql-setup", "--initdb"],
};

/** Its unit initialises an empty data directory before it starts. */
const rhelMariadb: DatabaseEngine = {
  label: "MariaDB",
  unit: "mariadb",
  also: [],
  enableable: true,
  packages: ["mariadb-server", "mariadb", "perl-DBD-MySQL"],
  directories: ["/var/lib/mysql"],
  dataDirectory: "/var/lib/mysql",
  hbaFile: null,
  // Files are read in the order of their names: after mariadb-server.cnf.
  configFile: "/etc/my.cnf.d/zz-xcatha.cnf",
  user: "mysql",
  port: 3306,
  server: null,
  initialise: null,
};

const rhelNamed: Service = {
  label: "named",
  unit: "named",
  also: [],
  enableable: true,
  packages: ["bind", "bind-utils"],
};

const rhelIscDhcp: Service = {
  label: "dhcpd",
  unit: "dhcpd",
  also: [],
  enableable: true,
  packages: ["dhcp-server"],
  state: ["/var/lib/dhcpd/dhcpd.leases"],
};

const rhelKea: Service = {
  label: "Kea DHCP",
  unit: "kea-dhcp4",
  also: ["kea-ctrl-agent", "kea-dhcp-ddns", "kea-dhcp6"],
  enableable: true,
  packages: ["kea"],
  state: keaLeases,
};

const rhelGoconserver: Service = {
  label: "goconserver",
  unit: "goconserver",
  also: [],
  enableable: true,
  packages: ["goconserver"],
  fromXcat: true,
};

const rhelChrony: Platform["ntp"] = {
  label: "chronyd",
  unit: "chronyd",
  also: [],
  enableable: true,
  packages: ["chrony"],
  configFile: "/etc/chrony.conf",
};

const rhelHttp: Service = {
  label: "Apache",
  unit: "httpd",
  also: [],
  enableable: true,
  packages: ["httpd"],
};

const rhelNfs: NfsServer = {
  label: "NFS server",
  unit: "nfs-server",
  also: ["nfsdcld"],
  enableable: true,
  packages: ["nfs-utils"],
  tracker: { unit: "nfsdcld", command: nfsTracker },
};

/** The socket starts it on demand. */
const rhelTftp: Service = {
  label: "tftp",
  unit: "tftp",
  also: ["tftp.socket"],
  enableable: true,
  packages: ["tftp-server"],
};

/** A platform that calls things as RHEL does; each release has one DHCP server that xCAT takes. */
export const rhelPlatform = (
  own: Pick<Platform, "name" | "title" | "python"> & {
    readonly version: string;
    readonly dhcp: "isc" | "kea";
  },
): Platform => ({
  name: own.name,
  title: own.title,
  osRelease: { ids: rhelIds, version: own.version },
  python: own.python,
  packageManager: "dnf",
  xcatPackages: ["xCAT"],
  toolPackages: rhelTools,
  databases: { postgresql: rhelPostgresql, mariadb: rhelMariadb },
  dns: rhelNamed,
  dhcp: own.dhcp === "isc" ? { isc: rhelIscDhcp } : { kea: rhelKea },
  console: { goconserver: rhelGoconserver },
  ntp: rhelChrony,
  http: rhelHttp,
  nfs: rhelNfs,
  tftp: rhelTftp,
  defaults: { console: "goconserver", dhcp: own.dhcp, database: "postgresql" },
});
