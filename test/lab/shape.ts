import { type DatabaseShape, type Flavour, NO_SERVICE, type ServiceShape } from "./flavour.js";
import { debian11 } from "./flavours/debian11.js";
import { debian12 } from "./flavours/debian12.js";
import { debian13 } from "./flavours/debian13.js";
import { el9 } from "./flavours/el9.js";
import { ubuntu24 } from "./flavours/ubuntu24.js";
import { AFTER, BEATS, BEFORE } from "./heartbeat.js";

/** What the hosts of a pair may be. */
export const flavours = {
  debian11,
  debian12,
  debian13,
  el9,
  ubuntu24,
} as const satisfies Readonly<Record<string, Flavour>>;

/** What is chosen in the model of a pair: the axes of the table of variants. */
export interface Choice {
  readonly flavour: keyof typeof flavours;
  readonly database: keyof Flavour["databases"];
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
export interface Shape extends Pick<DatabaseShape, "dbengine" | "reachedFrom" | "nodes" | "known"> {
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
  /** Whether the DHCP server, if there is one, can be asked what it has reserved. */
  readonly tells: boolean;
  /** TCP ports that answer on the virtual IP. */
  readonly ports: Readonly<Record<string, number>>;
}

/** The shape of a pair that makes these choices. */
export function shapeOf(choice: Choice): Shape {
  const flavour: Flavour = flavours[choice.flavour];
  const database = flavour.databases[choice.database];
  const console = serviceOf(flavour.consoles, choice.console);
  const dhcp = serviceOf(flavour.dhcps, choice.dhcp);
  const [before, after, beats] = choice.services ? [[BEFORE], [AFTER], [BEATS]] : [[], [], []];
  const engine = database.unit === undefined ? [] : [database.unit];
  const serving = ["xcatd", ...flavour.serving, ...dhcp.up, ...console.up];
  const off = [...flavour.off, ...dhcp.off, ...console.off];
  return {
    dbengine: database.dbengine,
    reachedFrom: database.reachedFrom,
    nodes: database.nodes,
    known: database.known,
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
    tells: choice.dhcp !== "none" && dhcp.tells,
    method: choice.method,
    renames: choice.renames,
    ports: { ssh: 22, dns: 53, http: 80, xcatd: 3001, ...database.ports, ...console.ports },
  };
}

function serviceOf<Name extends string>(
  services: Readonly<Partial<Record<Name, ServiceShape>>>,
  name: Name | "none",
): ServiceShape {
  if (name === "none") return NO_SERVICE;
  const service = services[name];
  if (service === undefined) throw new Error(`hosts of this flavour have no ${name}`);
  return service;
}
