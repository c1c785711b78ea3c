import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isOutputPath, parseFields } from "./manifest.js";
import { isWork } from "./work-name.js";

/** In a run's own folder: what it is about to write, so that the next run knows it again. */
export const journalName = "journal.json";

/** Content that is known as xcatha's own: by path, the SHA-256 of each version. */
export type Accepted = ReadonlyMap<string, ReadonlySet<string>>;

/** All that any of several tellers accepts. */
export function unite(...entries: readonly (readonly [string, string])[]): Accepted {
  const accepted = new Map<string, Set<string>>();
  for (const [path, hash] of entries) {
    const hashes = accepted.get(path);
    if (hashes === undefined) accepted.set(path, new Set([hash]));
    else hashes.add(hash);
  }
  return accepted;
}

/** One by one, for `unite`. */
export const entriesOf = (accepted: Accepted): readonly (readonly [string, string])[] =>
  [...accepted].flatMap(([path, hashes]) => [...hashes].map((hash) => [path, hash] as const));

export const journalText = (accepted: Accepted): string =>
  JSON.stringify(Object.fromEntries([...accepted].map(([path, hashes]) => [path, [...hashes]])));

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

function readJournal(file: string): readonly (readonly [string, string])[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return Object.entries(parseFields(text) ?? {}).flatMap(([path, hashes]) =>
    isOutputPath(path) && Array.isArray(hashes)
      ? hashes.map((hash) => [path, String(hash)] as const)
      : [],
  );
}

/** Workplaces in an output folder: of a run that goes on, or that was interrupted. */
export const findWork = (root: string): readonly string[] => namesIn(root).filter(isWork);

/** What runs that were interrupted were about to write. */
export const readJournals = (root: string): Accepted =>
  unite(
    ...findWork(root).flatMap((work) =>
      namesIn(join(root, work)).flatMap((run) => readJournal(join(root, work, run, journalName))),
    ),
  );
