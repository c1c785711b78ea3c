import type { DatabaseEngine, NfsServer, Platform, Service } from "../types.js";
import { keaLeases, nfsTracker } from "./common.js";

/** Tools that the playbooks call, by Debian's package names; `arping` is another program. */
const debianTools: readonly string[] = [
  "acl",
  "attr",
  "iproute2",
  "iputils-arping",
  "iputils-ping",
  "openssh-client",
  "openssl",
  "procps",
  "psmisc",
  "python3-apt",
];

/**
 * PostgreSQL as Debian packages it: one instance unit for each cluster, generated at boot by the
 * wrapper `postgresql`, and its configuration outside the data.
 */
const debianPostgresql = (major: string): DatabaseEngine => ({
  label: "PostgreSQL",
  unit: `postgresql@${major}-main`,
  also: ["postgresql"],
  enableable: false,
  packages: [`postgresql-${major}`, `postgresql-client-${major}`, "libdbd-pg-perl"],
  directories: ["/var/lib/postgresql", "/etc/postgresql"],
  dataDirectory: `/var/lib/postgresql/${major}/main`,
  hbaFile: `/etc/postgresql/${major}/main/pg_hba.conf`,
  configFile: `/etc/postgresql/${major}/main/postgresql.conf`,
  user: "postgres",
  port: 5432,
  server: [
    `/usr/lib/postgresql/${major}/bin/postgres`,
    "-D",
    `/var/lib/postgresql/${major}/main`,
    "-c",
    `config_file=/etc/postgresql/${major}/main/postgresql.conf`,
  ],
  initialise: null,
});

/** The socket listens on the port of the database and would start it on demand. */
const debianMariadb: DatabaseEngine = {
  label: "MariaDB",
  unit: "mariadb",
  also: ["mariadb.socket"],
  enableable: true,
  packages: ["mariadb-server", "mariadb-client", "libdbd-mysql-perl"],
  directories: ["/var/lib/mysql"],
  dataDirectory: "/var/lib/mysql",
  hbaFile: null,
  configFile: "/etc/mysql/mariadb.conf.d/60-xcatha.cnf",
  user: "mysql",
  port: 3306,
  server: null,
  initialise: null,
};

const debianNamed: Service = {
  label: "named",
  unit: "named",
  also: [],
  enableable: true,
  packages: ["bind9", "bind9-utils", "bind9-dnsutils"],
};

/** A SysV script, which systemd enables through update-rc.d. */
export const debianIscDhcp: Service = {
  label: "isc-dhcp-server",
  unit: "isc-dhcp-server",
  also: [],
  enableable: true,
  packages: ["isc-dhcp-server"],
  state: ["/var/lib/dhcp/dhcpd.leases"],
};

const debianKea: Service = {
  label: "Kea DHCP",
  unit: "kea-dhcp4-server",
  also: ["kea-ctrl-agent", "kea-dhcp-ddns-server", "kea-dhcp6-server"],
  enableable: true,
  packages: ["kea-dhcp4-server", "kea-ctrl-agent"],
  state: keaLeases,
};

const debianGoconserver: Service = {
  label: "goconserver",
  unit: "goconserver",
  also: [],
  enableable: true,
  packages: ["goconserver"],
  fromXcat: true,
};

/**
 * Debian's unit reads /etc/conserver/conserver.cf as a user of its own; xCAT writes
 * /etc/conserver.cf, with certificates that only root may read.
 */
const debianConserver: Service = {
  label: "conserver",
  unit: "conserver-server",
  also: [],
  enableable: true,
  packages: ["conserver-server"],
  settings: [
    "User=root",
    "ExecStart=",
    "ExecStart=/usr/sbin/conserver -d -C /etc/conserver.cf $OPTS",
  ],
};

const debianChrony: Platform["ntp"] = {
  label: "chrony",
  unit: "chrony",
  also: [],
  enableable: true,
  packages: ["chrony"],
  configFile: "/etc/chrony/chrony.conf",
};

const debianHttp: Service = {
  label: "Apache",
  unit: "apache2",
  also: [],
  enableable: true,
  packages: ["apache2"],
};

export const debianNfs: NfsServer = {
  label: "NFS server",
  unit: "nfs-server",
  also: ["nfsdcld"],
  enableable: true,
  packages: ["nfs-kernel-server"],
  tracker: { unit: "nfsdcld", command: nfsTracker },
};

const debianTftp: Service = {
  label: "tftpd-hpa",
  unit: "tftpd-hpa",
  also: [],
  enableable: true,
  packages: ["tftpd-hpa"],
};

/** What tells the platforms of this family apart. */
type DebianOwn = Pick<Platform, "name" | "title" | "osRelease" | "python"> & {
  /** PostgreSQL's major version. */
  readonly postgresql: string;
  readonly dhcp?: Platform["dhcp"];
  readonly nfs?: Platform["nfs"];
  readonly defaultDhcp: Platform["defaults"]["dhcp"];
};

/** A platform that calls things as Debian does. */
export const debianPlatform = ({ postgresql, defaultDhcp, ...own }: DebianOwn): Platform => ({
  packageManager: "apt",
  xcatPackages: ["xcat"],
  toolPackages: debianTools,
  databases: { postgresql: debianPostgresql(postgresql), mariadb: debianMariadb },
  dns: debianNamed,
  dhcp: { isc: debianIscDhcp, kea: debianKea },
  console: { goconserver: debianGoconserver, conserver: debianConserver },
  ntp: debianChrony,
  http: debianHttp,
  nfs: debianNfs,
  tftp: debianTftp,
  defaults: { console: "conserver", dhcp: defaultDhcp, database: "postgresql" },
  ...own,
});
