/** Platforms that the catalog knows; one file each in `src/catalog/platforms`. */
export const platformNames = [
  "el8",
  "el9",
  "el10",
  "sles15",
  "ubuntu22",
  "ubuntu24",
  "debian11",
  "debian12",
  "debian13",
] as const;
export type PlatformName = (typeof platformNames)[number];

export type Database = "postgresql" | "mariadb" | "sqlite";
export type Console = "goconserver" | "conserver" | "none";
export type Dhcp = "isc" | "kea" | "none";
export type Ntp = "chrony" | "none";
export type LinkMethod = "symlink" | "bind";

/** One of the two machines of a pair. */
export interface Host {
  /** Inventory name. */
  readonly name: string;
  /** IPv4 address in the virtual IP's subnet. */
  readonly address: string;
  /** IPv4 address or name at which Ansible connects. */
  readonly connection: string;
  /** NIC that can hold the virtual IP. */
  readonly nic: string;
  /** Its own address and NIC in the network of each further virtual IP, in their order. */
  readonly further: readonly Leg[];
  /** The host's own hostname, as it is while standby. */
  readonly hostname: string;
  /** Login of Ansible. */
  readonly user: string;
  /** TCP port of sshd. */
  readonly port: number;
  /** Whether Ansible becomes root by `become`. */
  readonly become: boolean;
  /** How the control machine fences this host; null: only the operator can. */
  readonly fencing: Fencing | null;
}

/** A host's place in one network. */
export interface Leg {
  readonly address: string;
  readonly nic: string;
  /** The host's own hostname for this address alone. */
  readonly hostname: string;
}

/** Commands for one host, without a shell, run on the control machine. */
export interface Fencing {
  /** Prints the host's power state; a word `off` in it means off. */
  readonly status: string;
  /** Restarts the host; null: it is not restarted. */
  readonly reboot: string | null;
  /** Cuts the host's power. */
  readonly off: string | null;
}

export interface VirtualIp {
  readonly address: string;
  /** Dotted netmask, equal to `prefix`. */
  readonly netmask: string;
  /** Length of the subnet's prefix, in bits. */
  readonly prefix: number;
  /** Hostname of whichever host is active; of a further one, the name of this address alone. */
  readonly hostname: string;
}

export interface SharedData {
  /** Absolute path, the same on both hosts. */
  readonly path: string;
  readonly method: LinkMethod;
  /** What to mount at `path` on the active host alone; null: mounted on both hosts already. */
  readonly device: string | null;
  /** Absolute directories to share besides the catalog's, in the model's order. */
  readonly add: readonly string[];
  /** Directories of the default set that stay local. */
  readonly drop: readonly string[];
  /** Absolute files that go with the service from one active host to the next, besides the kit's own. */
  readonly files: readonly string[];
}

/** How xCAT comes onto a host where it is missing. */
export type XcatSource =
  /** By packages of a repository that the host has configured. */
  | { readonly kind: "packages" }
  /** By go-xcat; `script` is a URL or an absolute path on the control machine. */
  | {
      readonly kind: "go-xcat";
      readonly script: string;
      /** URL or path on the control machine for `--xcat-core`; null: xcat.org's. */
      readonly core: string | null;
      /** Likewise for `--xcat-dep`. */
      readonly dep: string | null;
    };

/** A service of the user's own that runs on the active host alone. */
export interface UserService {
  /** systemd unit without `.service`. */
  readonly unit: string;
  /** Started before the database and xCAT, or after all of xCAT's services. */
  readonly place: "before-xcat" | "after-xcat";
}

/** A nightly dump of xCAT's tables off the shared data. */
export interface Backup {
  /** Absolute path on each host. */
  readonly path: string;
  /** Days for which a dump is kept. */
  readonly keep: number;
  /** Local time, HH:MM. */
  readonly time: string;
}

/** Upper bounds of waits, in whole seconds. */
export interface Timeouts {
  /** Reaching a host by ssh. */
  readonly connect: number;
  /** One service's start. */
  readonly start: number;
  /** One service's stop, before systemd kills it. */
  readonly stop: number;
  /** The database's start until it answers. */
  readonly database: number;
  /** xcatd's start until it answers. */
  readonly xcatd: number;
  /** Installing xCAT and its packages on one host. */
  readonly install: number;
  /** Moving xCAT's tables to another database. */
  readonly migrate: number;
  /** Copying and verifying one directory. */
  readonly copy: number;
  /** A fencing command, and the host's return after it was restarted. */
  readonly fence: number;
}

/** A validated pair with every default filled in: the input of planning. Immutable. */
export interface HaPair {
  /** Name of the pair, also its Ansible group: letters, digits and underscores. */
  readonly name: string;
  readonly platform: PlatformName;
  /** The first is the primary: the host that setup makes active. */
  readonly hosts: readonly [Host, Host];
  /** The pair's identity. */
  readonly virtual: VirtualIp;
  /** The virtual IPs of further networks, in the model's order. */
  readonly further: readonly VirtualIp[];
  readonly shared: SharedData;
  readonly database: Database;
  readonly console: Console;
  readonly dhcp: Dhcp;
  readonly dns: boolean;
  readonly ntp: Ntp;
  readonly nfs: boolean;
  readonly http: boolean;
  readonly tftp: boolean;
  readonly site: { readonly domain: string };
  /** Where xCAT may go on naming a host: `TABLE.ATTRIBUTE`, perhaps ` of ROW`, or absolute paths. */
  readonly names: { readonly keep: readonly string[] };
  readonly xcat: { readonly version: string; readonly source: XcatSource };
  readonly hostname: { readonly change: boolean };
  readonly services: readonly UserService[];
  /** Null: no dumps are made. */
  readonly backup: Backup | null;
  readonly timeouts: Timeouts;
}
