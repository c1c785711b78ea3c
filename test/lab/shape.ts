import { type DatabaseShape, databaseShapes } from "./database-shape.js";
import { AFTER, BEATS, BEFORE } from "./heartbeat.js";

/** What is chosen in the model of a pair: the axes of the table of variants. */
export interface Choice {
  readonly database: keyof typeof databaseShapes;
  readonly console: "conserver" | "goconserver" | "none";
  readonly dhcp: "isc" | "kea" | "none";
  readonly method: "symlink" | "bind";
  /** Whether all hosts have the shared data mounted, or only the active one mounts it. */
  readonly sharedBy: "directory" | "disk";
  /** Whether the active host bears the virtual IP's hostname. */
  readonly renames: boolean;
  /** Whether there are services of the user's own, before and after xCAT's. */
  readonly services: boolean;
}

/** What the choices mean for the hosts, written down apart from the compiler's own catalog. */
export interface Shape extends Pick<DatabaseShape, "dbengine" | "reachedFrom" | "nodes"> {
  /** Up whenever the host is active. */
  readonly units: readonly string[];
  /** Those whose order counts: as they start; they stop the other way round. */
  readonly order: readonly string[];
  /** Never up, on either host. */
  readonly quiet: readonly string[];
  /** Up where a node has a console, and not before. */
  readonly withConsoles: readonly string[];
  /** What must not start at boot. */
  readonly boot: readonly string[];
  /** What stands on the shared data, under its path there. */
  readonly directories: readonly string[];
  readonly method: Choice["method"];
  readonly renames: boolean;
  /** TCP ports that answer on the virtual IP. */
  readonly ports: Readonly<Record<string, number>>;
}

/** What is up, and what the packages bring beside it that must stay off. */
const consoles = {
  conserver: { up: [], withConsoles: ["conserver-server"], off: [], ports: {} },
  goconserver: {
    up: ["goconserver"],
    withConsoles: [],
    off: ["conserver-server"],
    ports: { goconserver: 12430 },
  },
  none: { up: [], withConsoles: [], off: [], ports: {} },
} as const;

const dhcps = {
  isc: { up: ["isc-dhcp-server"], off: [] },
  kea: { up: ["kea-dhcp4-server"], off: ["kea-ctrl-agent", "isc-dhcp-server"] },
  none: { up: [], off: [] },
} as const;

/** The shape of a pair on Debian 12. */
export function shapeOf(choice: Choice): Shape {
  const database: DatabaseShape = databaseShapes[choice.database];
  const console = consoles[choice.console];
  const dhcp = dhcps[choice.dhcp];
  const [before, after, beats] = choice.services ? [[BEFORE], [AFTER], [BEATS]] : [[], [], []];
  const engine = database.unit === undefined ? [] : [database.unit];
  const serving = ["xcatd", "named", "apache2", ...dhcp.up, ...console.up];
  const off = ["tftpd-hpa", ...dhcp.off, ...console.off];
  return {
    dbengine: database.dbengine,
    reachedFrom: database.reachedFrom,
    nodes: database.nodes,
    units: [...before, ...engine, ...serving, ...after],
    order: [...before, ...engine, "xcatd", ...after],
    quiet: [...off, ...database.quiet],
    withConsoles: console.withConsoles,
    boot: [...before, ...database.boot, ...serving, ...off, ...console.withConsoles, ...after],
    directories: [
      ...["/install", "/etc/xcat", "/root/.xcat", "/tftpboot"],
      ...database.directories,
      ...beats,
    ],
    method: choice.method,
    renames: choice.renames,
    ports: { ssh: 22, dns: 53, http: 80, xcatd: 3001, ...database.ports, ...console.ports },
  };
}
