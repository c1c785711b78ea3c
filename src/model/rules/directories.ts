import { show } from "../../diagnostic/show.js";
import { suggest } from "../../diagnostic/suggest.js";
import {
  databaseDirectories,
  defaultDirectories,
  keptByModel,
  keptDirectories,
} from "../directories.js";
import type { Draft } from "../document.js";
import { ancestry, pathProblem, systemDirectoryOf } from "./paths.js";
import { type Located, located, type Rule } from "./rule.js";

function listed(draft: Draft, list: "add" | "drop"): readonly Located<string>[] {
  const items = draft.shared?.directories?.[list] ?? [];
  return items.flatMap((item, index) => located(item, "shared", "directories", list, index));
}

export const addedDirectoriesAreLegal: Rule = function* (draft) {
  for (const { value, path } of listed(draft, "add")) {
    const problem = pathProblem(value);
    const system = problem === undefined ? systemDirectoryOf(value) : undefined;
    if (problem === undefined && system === undefined) continue;
    yield {
      code: "directory-illegal",
      message:
        problem === undefined
          ? `${value} belongs to the system, and each host needs its own.`
          : `${show(value)} cannot be shared: ${problem}.`,
      fix: "write the absolute path of a directory that holds one service's data, e.g. /var/spool/slurm.",
      path,
    };
  }
};

interface Use {
  readonly directory: string;
  readonly what: string;
}

/** Directories in use, found by any that is, holds or is inside one: a list may be long. */
class Taken {
  readonly #uses = new Map<string, Use>();
  readonly #holders = new Map<string, Use>();

  add(use: Use): void {
    if (!this.#uses.has(use.directory)) this.#uses.set(use.directory, use);
    for (const holder of ancestry(use.directory))
      if (!this.#holders.has(holder)) this.#holders.set(holder, use);
  }

  find(directory: string): Use | undefined {
    const around = ancestry(directory).find((one) => this.#uses.has(one));
    return around === undefined ? this.#holders.get(directory) : this.#uses.get(around);
  }
}

export const addedDirectoriesAreApart: Rule = function* (draft) {
  const taken = new Taken();
  for (const directory of keptByModel(draft)) taken.add({ directory, what: "which is shared" });
  const shared = draft.shared?.path;
  if (
    shared !== undefined &&
    pathProblem(shared) === undefined &&
    systemDirectoryOf(shared) === undefined
  )
    taken.add({ directory: shared, what: "the shared path" });
  for (const { value, path } of listed(draft, "add")) {
    if (pathProblem(value) !== undefined) continue;
    const other = taken.find(value);
    taken.add({ directory: value, what: "which is listed before it" });
    if (other === undefined) continue;
    yield {
      code: "directories-overlap",
      message:
        other.directory === value
          ? `${value} is there already: it is ${other.what.replace(/^which is /, "")}.`
          : `${value} and ${other.directory}, ${other.what}, lie one inside the other.`,
      fix: "list each directory once, and none that is inside another.",
      path,
    };
  }
};

export const droppedDirectoriesAreDefaults: Rule = function* (draft) {
  if (draft.platform === undefined) return;
  const known = defaultDirectories(draft);
  const seen = new Set<string>();
  for (const { value, path } of listed(draft, "drop")) {
    const twice = seen.has(value);
    seen.add(value);
    if (known.includes(value) && !twice) continue;
    const near = suggest(value, known);
    yield {
      code: "directory-not-default",
      message: twice
        ? `${value} is dropped already.`
        : `${show(value)} is not shared by default, so it cannot be dropped.${near ? ` Did you mean ${near}?` : ""}`,
      fix: twice
        ? "list each directory once."
        : `drop only what is in the set: ${known.join(", ")}.`,
      path,
    };
  }
};

export const neededDirectoriesStay: Rule = function* (draft) {
  const needed = keptDirectories(databaseDirectories(draft));
  for (const { value, path } of listed(draft, "drop")) {
    if (!needed.includes(value)) continue;
    yield {
      code: "directory-needed",
      message: `${value} cannot be dropped.`,
      why: "It holds xCAT's tables or keys: the other host would not have them after a failover.",
      fix: "remove it from `drop`.",
      path,
    };
  }
};
