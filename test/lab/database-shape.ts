import { rowsOf } from "./database-rows.js";
import type { Host } from "./harness/host.js";

/** What a pair's database means for its hosts. */
export interface DatabaseShape {
  /** What `lsxcatd -d` calls it. */
  readonly dbengine: string;
  /** Undefined: it has no server. */
  readonly unit: string | undefined;
  /** Units of its packages that are never up. */
  readonly quiet: readonly string[];
  /** What must not start at boot. */
  readonly boot: readonly string[];
  readonly directories: readonly string[];
  readonly ports: Readonly<Record<string, number>>;
  /** Which hosts can ask it for what it holds. */
  readonly reachedFrom: "active" | "both";
  /** The nodes in it, asked from a host past xCAT. */
  readonly nodes: (host: Host) => Promise<readonly string[]>;
}

/** Every database on Debian 12. */
export const databaseShapes = {
  postgresql: {
    dbengine: "Pg",
    // PostgreSQL's instance is started by its wrapper alone.
    unit: "postgresql@15-main",
    quiet: [],
    boot: ["postgresql"],
    directories: ["/var/lib/postgresql", "/etc/postgresql"],
    ports: { postgresql: 5432 },
    reachedFrom: "active",
    nodes: rowsOf.postgresql,
  },
  mariadb: {
    dbengine: "mysql",
    unit: "mariadb",
    quiet: ["mariadb.socket"],
    boot: ["mariadb", "mariadb.socket"],
    directories: ["/var/lib/mysql"],
    ports: { mariadb: 3306 },
    reachedFrom: "both",
    nodes: rowsOf.mariadb,
  },
  sqlite: {
    dbengine: "SQLite",
    unit: undefined,
    quiet: [],
    boot: [],
    directories: [],
    ports: {},
    reachedFrom: "active",
    nodes: rowsOf.sqlite,
  },
} as const satisfies Readonly<Record<string, DatabaseShape>>;
