import { join } from "node:path";
import type { Diagnostic, Result } from "../diagnostic/types.js";
import {
  applyChanges,
  blockers,
  type Change,
  changeDiff,
  findNeglected,
  findWork,
  givesWay,
  isWanted,
  staleness,
  summary,
} from "../write/index.js";
import { exit } from "./exit.js";
import type { Io } from "./io.js";
import type { Outcome } from "./outcome.js";
import { count, report } from "./report.js";

/** What to do with an output folder, and to say about it. */
export interface Output {
  readonly out: string;
  readonly changes: readonly Change[];
  /** Finds the changes again, for whoever waited for another run. */
  readonly find: () => Result<readonly Change[]>;
  readonly force: boolean;
  readonly io: Io;
}

/** Names the file as the user finds it, not as the output folder does. */
const below = (out: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.map((one) => ({ ...one, file: one.file === out ? out : join(out, one.file) }));

const wantedPaths = (changes: readonly Change[]): readonly string[] =>
  changes.filter(isWanted).map(({ path }) => path);

/** Points at what else lies in the folder and needs a look. */
function warn({ out, changes, io }: Output): readonly Diagnostic[] {
  const leaving = changes.filter((change) => !isWanted(change)).map(({ path }) => path);
  const found = below(out, findNeglected(out, wantedPaths(changes), leaving));
  if (found.length > 0)
    report(io, found, `${count(found.length, "warning")} about files in ${out}.`);
  return found;
}

/** What mends an output that is not up to date. */
function advice(changes: readonly Change[]): string {
  const conflicts = changes.filter((change) => change.kind === "conflict");
  if (conflicts.length === 0) return "Next: xcatha generate, then commit what it writes.";
  if (conflicts.every(givesWay))
    return "Next: take back what is not xcatha's, e.g. by `git checkout`, or run xcatha generate --force, which keeps a copy.";
  return "Next: xcatha generate, which says what stands in the way and how to mend it.";
}

/** Names each file that is not what would be generated. Writes nothing. */
export function checkOutput(output: Output): Outcome {
  const { out, changes, io } = output;
  const wrong = [
    ...changes.flatMap((change) => {
      const why = staleness(change);
      const path = change.kind === "conflict" ? change.at : change.path;
      return why === undefined ? [] : [{ path: join(out, path), why }];
    }),
    ...findWork(out).map((name) => ({
      path: join(out, name),
      why: "left behind by a run that was interrupted, unless one goes on now",
    })),
  ];
  // One link may stand in the way of many files.
  const stale = [...new Map(wrong.map((one) => [one.path, one])).values()];
  for (const { path, why } of stale) io.data(`${path}: ${why}\n`);
  const warnings = warn(output);
  const done = { out, upToDate: stale.length === 0, stale, diagnostics: warnings };
  if (stale.length === 0) {
    io.say(`All ${changes.length} files in ${out} are up to date.`);
    return { exit: exit.done, report: done };
  }
  io.say(`${stale.length} of ${count(changes.length, "file")} in ${out} are not up to date.`);
  return { exit: exit.wrong, report: done, next: advice(changes) };
}

/** Shows what writing would change, as a diff. Writes nothing. */
export function showOutput({ out, changes, force, io }: Output): Outcome {
  const diffs = changes.map(changeDiff);
  for (const diff of diffs) io.data(diff);
  const diagnostics = below(out, blockers(changes, force));
  const done = { out, written: false, ...summary(changes), diff: diffs.join(""), diagnostics };
  if (diagnostics.length > 0) {
    report(io, diagnostics, `${count(diagnostics.length, "file")} in ${out} would be refused.`);
    return { exit: exit.wrong, report: done };
  }
  const number = changes.filter(({ kind }) => kind !== "unchanged").length;
  const all = count(changes.length, "file");
  io.say(`${number} of ${all} in ${out} would change; nothing was written.`);
  const next = number > 0 ? "Next: xcatha generate" : undefined;
  return { exit: exit.done, report: done, next };
}

function refused({ out, io }: Output, found: readonly Diagnostic[]): Outcome {
  const diagnostics = below(out, found);
  const number = count(diagnostics.length, "file");
  const broken = diagnostics.some(({ code }) => code === "write-failed");
  const verdict = broken ? "could not be written" : "refused; nothing was written";
  report(io, diagnostics, `${number} in ${out} ${verdict}.`);
  return { exit: exit.wrong, report: { out, written: false, diagnostics } };
}

/** A folder that needs nothing is not touched, so that it may be read-only. */
const isDone = ({ out, changes }: Output): boolean =>
  changes.every(({ kind }) => kind === "unchanged") && findWork(out).length === 0;

/** Writes what has changed, or says why it does not. */
export function writeOutput(output: Output): Outcome {
  const { out, changes, find, force, io } = output;
  const blocked = blockers(changes, force);
  if (blocked.length > 0) return refused(output, blocked);
  const applied = isDone(output)
    ? ({ ok: true, value: { ...summary(changes), saved: [] } } as const)
    : applyChanges(out, find, { force });
  if (!applied.ok) return refused(output, applied.diagnostics);

  const { created, updated, removed, unchanged, saved } = applied.value;
  for (const { path, as } of saved) io.say(`What was ${path} is kept as ${as}.`);
  const diagnostics = warn(output);
  const counts = Object.entries({ created, updated, removed, unchanged })
    .filter(([, paths]) => paths.length > 0)
    .map(([verb, paths]) => `${paths.length} ${verb}`);
  const all = created.length + updated.length + unchanged.length;
  io.say(`${count(all, "file")} in ${out}: ${counts.join(", ")}.`);
  const next =
    created.length + updated.length + removed.length > 0
      ? "Next: look at `git diff`, commit, then ansible-playbook setup.yml"
      : "Next: ansible-playbook status.yml";
  return { exit: exit.done, report: { out, written: true, ...applied.value, diagnostics }, next };
}
