import type { DatabaseEngine, Platform, Service } from "../types.js";

/** What /etc/os-release calls RHEL and its rebuilds. */
export const rhelIds: readonly string[] = ["rhel", "rocky", "almalinux", "centos", "ol"];

/** Tools that the playbooks call; `iputils` brings arping and ping. */
export const rhelTools: readonly string[] = [
  "acl",
  "attr",
  "iproute",
  "iputils",
  "openssh-clients",
  "openssl",
  "procps-ng",
  "psmisc",
];

export const rhelPostgresql: DatabaseEngine = {
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
  initialise: ["/usr/bin/postgresql-setup", "--initdb"],
};

/** Its unit initialises an empty data directory before it starts. */
export const rhelMariadb: DatabaseEngine = {
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
  initialise: null,
};

export const rhelNamed: Service = {
  label: "named",
  unit: "named",
  also: [],
  enableable: true,
  packages: ["bind", "bind-utils"],
};

export const rhelIscDhcp: Service = {
  label: "dhcpd",
  unit: "dhcpd",
  also: [],
  enableable: true,
  packages: ["dhcp-server"],
};

export const rhelKea: Service = {
  label: "Kea DHCP",
  unit: "kea-dhcp4",
  also: ["kea-ctrl-agent", "kea-dhcp-ddns", "kea-dhcp6"],
  enableable: true,
  packages: ["kea"],
};

export const rhelGoconserver: Service = {
  label: "goconserver",
  unit: "goconserver",
  also: [],
  enableable: true,
  packages: ["goconserver"],
  fromXcat: true,
};

export const rhelChrony: Platform["ntp"] = {
  label: "chronyd",
  unit: "chronyd",
  also: [],
  enableable: true,
  packages: ["chrony"],
  configFile: "/etc/chrony.conf",
};

export const rhelHttp: Service = {
  label: "Apache",
  unit: "httpd",
  also: [],
  enableable: true,
  packages: ["httpd"],
};

export const rhelNfs: Service = {
  label: "NFS server",
  unit: "nfs-server",
  also: [],
  enableable: true,
  packages: ["nfs-utils"],
};

/** The socket starts it on demand. */
export const rhelTftp: Service = {
  label: "tftp",
  unit: "tftp",
  also: ["tftp.socket"],
  enableable: true,
  packages: ["tftp-server"],
};
