import type { Host } from "./harness/host.js";
import type { RootName } from "./harness/paths.js";

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
  /** A question for the distribution's own tools, and what they answer about the server wherever it is active. */
  readonly known?: { readonly ask: string; readonly answer: string } | undefined;
}

/** The units of one service. */
export interface ServiceShape {
  readonly up: readonly string[];
  /** What packages bring beside it and must stay off. */
  readonly off: readonly string[];
  /** Up where a node has a console, and not before. */
  readonly withConsoles: readonly string[];
  /** For a DHCP server: whether it can be relied on to say what it has reserved. */
  readonly tells: boolean;
  readonly ports: Readonly<Record<string, number>>;
}

export const NO_SERVICE: ServiceShape = {
  up: [],
  off: [],
  withConsoles: [],
  tells: true,
  ports: {},
};

/** What hosts of one operating system call things, written down apart from the compiler's own catalog. */
export interface Flavour {
  /** The model's platform. */
  readonly platform: string;
  /** What brings xCAT onto the hosts of the table of variants, if not a repository that they know. */
  readonly xcat?: "go-xcat";
  /** What they boot from. */
  readonly root: Exclude<RootName, "lint">;
  readonly databases: Readonly<Record<"postgresql" | "mariadb" | "sqlite", DatabaseShape>>;
  readonly consoles: Readonly<Partial<Record<"conserver" | "goconserver", ServiceShape>>>;
  readonly dhcps: Readonly<Partial<Record<"isc" | "kea", ServiceShape>>>;
  /** DNS and the web server. */
  readonly serving: readonly string[];
  /** Units of the distribution that must stay off on every pair. */
  readonly off: readonly string[];
}
