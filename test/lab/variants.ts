import type { AnsibleVersion } from "./harness/toolchain.js";
import type { Choice } from "./shape.js";

/** A pair whose whole story is run: one row of the table. */
export interface Variant extends Choice {
  /** The name of its lab. */
  readonly id: string;
  /** The control machine's ansible-core. */
  readonly ansible: AnsibleVersion;
}

/** What the main job's own test runs; part of the coverage. */
export const mainJob: Variant = {
  id: "main-job",
  ansible: "2.14",
  flavour: "debian12",
  database: "postgresql",
  console: "conserver",
  dhcp: "isc",
  method: "symlink",
  sharedBy: "directory",
  renames: true,
  services: false,
};

/** The pair that EL's defaults make. */
export const elPair: Variant = {
  ...mainJob,
  id: "var-el9",
  flavour: "el9",
  console: "goconserver",
};

/** Always run: what the main job is not of, MariaDB, bind mounts and a disk, and EL; SQLite has tests of its own. */
export const selection: readonly Variant[] = [
  {
    ...mainJob,
    id: "var-mariadb-disk",
    ansible: "2.19",
    database: "mariadb",
    method: "bind",
    sharedBy: "disk",
    services: true,
  },
  elPair,
];

/**
 * With these every value of each axis meets every value of each other axis at least once. More rows would only repeat
 * meetings: what goes wrong between three choices at once and not between two has not been seen here.
 */
export const remainder: readonly Variant[] = [
  {
    ...mainJob,
    id: "var-sqlite",
    database: "sqlite",
    console: "none",
    dhcp: "none",
    method: "bind",
    renames: false,
  },
  {
    ...mainJob,
    id: "var-mariadb-kea-disk",
    database: "mariadb",
    console: "goconserver",
    dhcp: "kea",
    sharedBy: "disk",
    renames: false,
    services: true,
  },
  {
    ...mainJob,
    id: "var-sqlite-disk",
    ansible: "2.19",
    database: "sqlite",
    dhcp: "none",
    sharedBy: "disk",
    services: true,
  },
  {
    ...mainJob,
    id: "var-kea",
    ansible: "2.19",
    console: "goconserver",
    dhcp: "kea",
    method: "bind",
  },
  {
    ...mainJob,
    id: "var-own-names",
    ansible: "2.19",
    method: "bind",
    renames: false,
    services: true,
  },
  { ...mainJob, id: "var-mariadb", ansible: "2.19", database: "mariadb" },
  {
    ...mainJob,
    id: "var-disk",
    ansible: "2.19",
    console: "none",
    method: "bind",
    sharedBy: "disk",
    services: true,
  },
  { ...mainJob, id: "var-mariadb-kea", database: "mariadb", console: "none", dhcp: "kea" },
  { ...mainJob, id: "var-sqlite-gocons", database: "sqlite", console: "goconserver" },
  { ...mainJob, id: "var-sqlite-kea", database: "sqlite", dhcp: "kea" },
  { ...mainJob, id: "var-no-dhcp", dhcp: "none" },
  { ...elPair, id: "var-el9-mariadb", ansible: "2.19", database: "mariadb" },
  {
    ...elPair,
    id: "var-el9-sqlite",
    database: "sqlite",
    console: "none",
    dhcp: "none",
    method: "bind",
    renames: false,
  },
  {
    ...elPair,
    id: "var-el9-disk",
    ansible: "2.19",
    method: "bind",
    sharedBy: "disk",
    renames: false,
    services: true,
  },
  {
    ...mainJob,
    id: "var-debian11",
    ansible: "2.19",
    flavour: "debian11",
    services: true,
  },
  {
    ...mainJob,
    id: "var-debian11-mariadb",
    flavour: "debian11",
    database: "mariadb",
    console: "goconserver",
    dhcp: "none",
    method: "bind",
    sharedBy: "disk",
    renames: false,
  },
  {
    ...mainJob,
    id: "var-debian11-sqlite",
    flavour: "debian11",
    database: "sqlite",
    console: "none",
  },
  {
    ...mainJob,
    id: "var-debian13",
    ansible: "2.19",
    flavour: "debian13",
    method: "bind",
    sharedBy: "disk",
  },
  {
    ...mainJob,
    id: "var-debian13-mariadb",
    flavour: "debian13",
    database: "mariadb",
    console: "goconserver",
    dhcp: "kea",
    renames: false,
    services: true,
  },
  {
    ...mainJob,
    id: "var-debian13-sqlite",
    ansible: "2.19",
    flavour: "debian13",
    database: "sqlite",
    console: "none",
    dhcp: "none",
  },
  {
    ...mainJob,
    id: "var-ubuntu24",
    ansible: "2.19",
    flavour: "ubuntu24",
    dhcp: "kea",
  },
  {
    ...mainJob,
    id: "var-ubuntu24-mariadb",
    flavour: "ubuntu24",
    database: "mariadb",
    console: "goconserver",
    method: "bind",
    sharedBy: "disk",
    renames: false,
    services: true,
  },
  {
    ...mainJob,
    id: "var-ubuntu24-sqlite",
    flavour: "ubuntu24",
    database: "sqlite",
    console: "none",
    dhcp: "none",
  },
];
