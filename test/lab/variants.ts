import type { LabOptions } from "./harness/lab.js";
import { LUN_DEVICE } from "./harness/lun.js";
import type { AnsibleVersion } from "./harness/toolchain.js";
import { AFTER, BEATS, BEFORE } from "./heartbeat.js";
import { type Shape, shapeOf } from "./shape.js";

/** A pair whose whole story is run: one row of the table. */
export interface Variant {
  readonly id: string;
  /** What it proves that no row before it does. */
  readonly why: string;
  readonly ansible: AnsibleVersion;
  readonly sharedBy: NonNullable<LabOptions["sharedBy"]>;
  /** Whether nodes have consoles, so that conserver runs. */
  readonly consoles: boolean;
  /** Whether services of the user's own write a heartbeat. */
  readonly beats: boolean;
  /** Keys of the model, and of `shared` in it. */
  readonly model: Readonly<Record<string, unknown>>;
  readonly shared: Readonly<Record<string, unknown>>;
  readonly shape: Shape;
}

/** The rows that are always run. */
export const variants: readonly Variant[] = [
  {
    id: "var-mariadb",
    why: "MariaDB with its socket unit, conserver with consoles, the newest Ansible",
    ansible: "2.19",
    sharedBy: "directory",
    consoles: true,
    beats: false,
    model: { database: "mariadb", console: "conserver", dhcp: "isc" },
    shared: { method: "symlink" },
    shape: shapeOf({ database: "mariadb" }),
  },
  {
    id: "var-sqlite",
    why: "SQLite, bind mounts, neither console nor DHCP, each host keeps its name, the oldest Ansible",
    ansible: "2.14",
    sharedBy: "directory",
    consoles: false,
    beats: false,
    model: { database: "sqlite", console: "none", dhcp: "none", hostname: { change: false } },
    shared: { method: "bind" },
    shape: shapeOf({ database: "sqlite", method: "bind", dhcp: "none", renames: false }),
  },
  {
    id: "var-device",
    why: "a disk that one host may mount at a time, bind mounts on it, the user's own services",
    ansible: "2.19",
    sharedBy: "disk",
    consoles: false,
    beats: true,
    model: {
      database: "postgresql",
      console: "none",
      services: [{ unit: BEFORE, place: "before-xcat" }, { unit: AFTER }],
    },
    shared: { method: "bind", device: LUN_DEVICE, directories: { add: [BEATS] } },
    shape: shapeOf({ method: "bind", before: [BEFORE], after: [AFTER], add: [BEATS] }),
  },
];
