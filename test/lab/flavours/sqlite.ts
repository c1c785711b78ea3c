import { rowsOf } from "../database-rows.js";
import type { DatabaseShape } from "../flavour.js";

/** The same everywhere: files in /etc/xcat. */
export const sqlite: DatabaseShape = {
  dbengine: "SQLite",
  unit: undefined,
  quiet: [],
  boot: [],
  directories: [],
  ports: {},
  reachedFrom: "active",
  nodes: rowsOf.sqlite,
};
