import { rowsOf } from "./database-rows.js";
import type { Host } from "./harness/host.js";

/** What a pair's model means for its hosts, written down apart from the compiler's own catalog. */
export interface Shape {
  /** Up whenever the host is active, in the order in which they have to start. */
  readonly units: readonly string[];
  /** Never up, on either host. */
  readonly quiet: readonly string[];
  /** What must not start at boot. */
  readonly boot: readonly string[];
  /** What stands on the shared data, under its path there. */
  readonly directories: readonly string[];
  readonly method: "symlink" | "bind";
  /** Whether the active host bears the virtual IP's hostname. */
  readonly renames: boolean;
  /** TCP ports that answer on the virtual IP. */
  readonly ports: Readonly<Record<string, number>>;
  /** What `lsxcatd -d` calls the database. */
  readonly dbengine: string;
  /** Which hosts can ask the database for what it holds. */
  readonly reachedFrom: "active" | "both";
  /** The nodes in the database itself, asked from a host past xCAT. */
  readonly nodes: (host: Host) => Promise<readonly string[]>;
}

/** The part of a shape that goes with its database. */
type DatabaseShape = Pick<Shape, "dbengine" | "reachedFrom" | "nodes"> & {
  readonly unit: string | undefined;
  readonly quiet: readonly string[];
  readonly boot: readonly string[];
  readonly directories: readonly string[];
  readonly ports: Readonly<Record<string, number>>;
};

const databases: Readonly<Record<"postgresql" | "mariadb" | "sqlite", DatabaseShape>> = {
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
};

/** What of a model changes the shape of its pair; the defaults are those of Debian 12. */
export interface Choice {
  readonly database?: keyof typeof databases;
  readonly method?: Shape["method"];
  readonly dhcp?: "isc" | "none";
  readonly renames?: boolean;
  /** Units and directories of the user's own. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly add?: readonly string[];
}

/** The shape of a pair on Debian 12. */
export function shapeOf(choice: Choice = {}): Shape {
  const database = databases[choice.database ?? "postgresql"];
  const { before = [], after = [], add = [] } = choice;
  const dhcp = choice.dhcp === "none" ? [] : ["isc-dhcp-server"];
  const serving = ["xcatd", "named", ...dhcp, "apache2"];
  return {
    units: [...before, ...(database.unit ? [database.unit] : []), ...serving, ...after],
    // A console server is up only where a node has a console: the tests say so themselves.
    quiet: ["tftpd-hpa", ...database.quiet],
    boot: [...before, ...database.boot, ...serving, "tftpd-hpa", ...after],
    directories: [
      ...["/install", "/etc/xcat", "/root/.xcat", "/tftpboot"],
      ...database.directories,
      ...add,
    ],
    method: choice.method ?? "symlink",
    renames: choice.renames ?? true,
    ports: { ssh: 22, dns: 53, http: 80, xcatd: 3001, ...database.ports },
    dbengine: database.dbengine,
    reachedFrom: database.reachedFrom,
    nodes: database.nodes,
  };
}
