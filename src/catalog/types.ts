import type { Console, Database, Dhcp, PlatformName } from "../model/types.js";

/** A service of the pair as systemd knows it on one platform. */
export interface Service {
  /** What people call it, for titles and messages, e.g. `isc-dhcp-server`. */
  readonly label: string;
  /** Unit without `.service`: started, stopped and guarded. */
  readonly unit: string;
  /**
   * Units that start it at boot or on demand, or that belong to it, and must stay disabled and
   * stopped, e.g. sockets (with suffix) or a wrapper. A host may lack one: that is as good as off.
   */
  readonly also: readonly string[];
  /** False: `unit` is an instance or generated, its enablement is that of `also`. */
  readonly enableable: boolean;
  /** Packages that bring it. */
  readonly packages: readonly string[];
  /** They come from xCAT's own repositories, which a host may not know before xCAT is installed. */
  readonly fromXcat?: true;
  /** Files in which it keeps what it gave away: the next active host goes on from them. */
  readonly state?: readonly string[];
  /** Lines for the unit's [Service] section without which it would not serve what xCAT wrote for it. */
  readonly settings?: readonly string[];
}

export interface NfsServer extends Service {
  /**
   * What notes which NFSv4 clients may reclaim their locks: its unit, one of `also`, and the command, argv, that takes the
   * directory for its notes as one more word. Null: the kernel notes it in /var/lib/nfs by itself.
   */
  readonly tracker: { readonly unit: string; readonly command: readonly string[] } | null;
}

export interface DatabaseEngine extends Service {
  /** Directories that go onto the shared data, absolute. */
  readonly directories: readonly string[];
  /** Directory of the data files themselves, inside one of `directories`. */
  readonly dataDirectory: string;
  /** File that says who may connect, for PostgreSQL; null otherwise. */
  readonly hbaFile: string | null;
  /** File with `listen_addresses` (PostgreSQL), or a drop-in of ours for `bind-address` (MariaDB). */
  readonly configFile: string;
  /** Operating-system user who owns the data. */
  readonly user: string;
  /** TCP port. */
  readonly port: number;
  /**
   * The server itself, argv, where the unit's own start waits longer than the server needs: it then tells systemd when it
   * is ready. Null: the packaged start is right.
   */
  readonly server: readonly string[] | null;
  /** Command that initialises an empty data directory, argv; null: the package does. */
  readonly initialise: readonly string[] | null;
}

/** What one platform calls things. Data only. */
export interface Platform {
  readonly name: PlatformName;
  /** For people, e.g. `RHEL 9 and its rebuilds`. */
  readonly title: string;
  /** How /etc/os-release is recognised: any of `ids` (ID=), and the start of VERSION_ID=. */
  readonly osRelease: { readonly ids: readonly string[]; readonly version: string };
  /** Version of its /usr/bin/python3, with which Ansible's modules and the kit's programs run. */
  readonly python: `3.${number}`;
  readonly packageManager: "dnf" | "zypper" | "apt";
  /** Packages of xCAT itself. */
  readonly xcatPackages: readonly string[];
  /** Packages of the tools that the playbooks call (arping, setfacl, …). */
  readonly toolPackages: readonly string[];
  readonly databases: {
    readonly postgresql: DatabaseEngine;
    readonly mariadb: DatabaseEngine;
  };
  readonly dns: Service;
  /** Absent: this platform does not have it. */
  readonly dhcp: Readonly<Partial<Record<Exclude<Dhcp, "none">, Service>>>;
  readonly console: Readonly<Partial<Record<Exclude<Console, "none">, Service>>>;
  readonly ntp: Service & { readonly configFile: string };
  readonly http: Service;
  readonly nfs: NfsServer;
  /** A TFTP server that the distribution starts beside xcatd's own and that must stay off. */
  readonly tftp: Service;
  readonly defaults: {
    readonly console: Console;
    readonly dhcp: Dhcp;
    readonly database: Database;
  };
}
