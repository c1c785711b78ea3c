import { getPlatform } from "../catalog/index.js";
import type { Draft } from "./document.js";
import type { Database } from "./types.js";

/** Directories of xCAT itself that are shared unless the model drops them. */
export const xcatDirectories: readonly string[] = [
  "/install",
  "/etc/xcat",
  "/root/.xcat",
  "/tftpboot",
];

/** Directories that stay shared whatever the model says: without them a failover loses the tables. */
export const keptDirectories = (databaseDirectories: readonly string[]): readonly string[] => [
  "/etc/xcat",
  ...databaseDirectories,
];

/** The database that a document means; undefined if it cannot be known. */
export function databaseOf(draft: Draft): Database | undefined {
  if (draft.database === "mysql") return "mariadb";
  if (draft.database !== undefined) return draft.database;
  return draft.platform && getPlatform(draft.platform).defaults.database;
}

/** Directories of the document's database on its platform; none for SQLite, or if either is unknown. */
export function databaseDirectories(draft: Draft): readonly string[] {
  const database = databaseOf(draft);
  if (draft.platform === undefined || database === undefined || database === "sqlite") return [];
  return getPlatform(draft.platform).databases[database].directories;
}

/** What would be shared by default. */
export const defaultDirectories = (draft: Draft): readonly string[] => [
  ...xcatDirectories,
  ...databaseDirectories(draft),
];

/** What is shared by default and not dropped. */
export function keptByModel(draft: Draft): readonly string[] {
  const drop = draft.shared?.directories?.drop ?? [];
  return defaultDirectories(draft).filter((directory) => !drop.includes(directory));
}

/** Whether a path is a directory itself or below it; both absolute and normalised. */
export const isWithin = (path: string, directory: string): boolean =>
  path === directory || path.startsWith(directory === "/" ? "/" : `${directory}/`);
