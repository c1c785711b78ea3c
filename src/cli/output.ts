import { join } from "node:path";
import type { Diagnostic } from "../diagnostic/types.js";
import { applyChanges, blockers, type Change, changeDiff, staleness } from "../write/index.js";
import { type Exit, exit } from "./exit.js";
import type { Io } from "./io.js";
import { count, report } from "./report.js";

/** What to do with the changes of an output folder, and to say about it. */
export interface Output {
  readonly out: string;
  readonly changes: readonly Change[];
  readonly force: boolean;
  readonly io: Io;
}

/** Names the file as the user finds it, not as the output folder does. */
const below = (out: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, file: join(out, diagnostic.file) }));

/** Names each file that is not what would be generated. Writes nothing. */
export function checkOutput({ out, changes, io }: Output): Exit {
  const wrong = changes
    .map((change) => ({ path: join(out, change.path), why: staleness(change) }))
    .filter(({ why }) => why !== undefined);
  for (const { path, why } of wrong) io.data(`${path}: ${why}\n`);
  if (wrong.length === 0) {
    io.say(`All ${changes.length} files in ${out} are up to date.`);
    return exit.done;
  }
  io.say(`${wrong.length} of ${count(changes.length, "file")} in ${out} are not up to date.`);
  io.say("Next: xcatha generate, then commit what it writes.");
  return exit.wrong;
}

/** Shows what writing would change, as a diff. Writes nothing. */
export function showOutput({ out, changes, force, io }: Output): Exit {
  for (const change of changes) io.data(changeDiff(change));
  const diagnostics = blockers(changes, force);
  if (diagnostics.length > 0) {
    const verdict = `${count(diagnostics.length, "file")} in ${out} would be refused.`;
    report(io, below(out, diagnostics), verdict);
    return exit.wrong;
  }
  const number = changes.filter(({ kind }) => kind !== "unchanged").length;
  const all = count(changes.length, "file");
  io.say(`${number} of ${all} in ${out} would change; nothing was written.`);
  if (number > 0) io.say("Next: xcatha generate");
  return exit.done;
}

/** Writes what has changed, or says why it does not. */
export function writeOutput({ out, changes, force, io }: Output): Exit {
  const applied = applyChanges(out, changes, { force });
  if (!applied.ok) {
    const number = count(applied.diagnostics.length, "file");
    const broken = applied.diagnostics.some(({ code }) => code === "write-failed");
    const verdict = broken ? "could not be written" : "refused; nothing was written";
    report(io, below(out, applied.diagnostics), `${number} in ${out} ${verdict}.`);
    return exit.wrong;
  }
  const { created, updated, removed, unchanged, saved } = applied.value;
  for (const { path, as } of saved) io.say(`What was ${path} is kept as ${as}.`);
  const counts = Object.entries({ created, updated, removed, unchanged })
    .filter(([, paths]) => paths.length > 0)
    .map(([verb, paths]) => `${paths.length} ${verb}`);
  io.say(`${count(changes.length - removed.length, "file")} in ${out}: ${counts.join(", ")}.`);
  io.say(
    unchanged.length < changes.length
      ? "Next: look at `git diff`, commit, then ansible-playbook setup.yml"
      : "Next: ansible-playbook status.yml",
  );
  return exit.done;
}
