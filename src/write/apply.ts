import { systemErrorWords } from "../diagnostic/system-error.js";
import type { Diagnostic, Result } from "../diagnostic/types.js";

import { type Change, givesWay } from "./change.js";
import { conflictDiagnostic } from "./conflict-words.js";
import { removeFile, type Staged, saveAside, stage } from "./replace.js";

/** What a run did. Paths are relative to the output folder. */
export interface Applied {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** What `--force` replaced, and the name under which it is kept. */
  readonly saved: readonly { readonly path: string; readonly as: string }[];
}

/** What stands in the way of applying changes; empty if nothing does. */
export const blockers = (changes: readonly Change[], force: boolean): readonly Diagnostic[] =>
  changes
    .filter((change) => change.kind === "conflict")
    .filter((conflict) => !(force && givesWay(conflict)))
    .map(conflictDiagnostic);

function failure(error: unknown, path: string, done: readonly string[]): Diagnostic {
  return {
    code: "write-failed",
    message: `It could not be written: ${systemErrorWords(error)}.`,
    why:
      done.length === 0
        ? "Nothing was changed."
        : `Changed before that: ${done.join(", ")}. The manifest was not, so running again completes the work.`,
    fix: "remove the cause, then run the same command again.",
    file: path,
  };
}

/** Writes everything under temporary names first: what fails here has changed nothing. */
function stageAll(root: string, changes: readonly Change[]): Result<readonly Staged[]> {
  const staged: Staged[] = [];
  for (const change of changes) {
    if (change.kind === "unchanged" || change.kind === "orphan") continue;
    if (change.text === undefined) continue;
    try {
      staged.push(stage(root, change.path, change.text));
    } catch (error) {
      for (const one of staged.reverse()) one.discard();
      return { ok: false, diagnostics: [failure(error, change.path, [])] };
    }
  }
  return { ok: true, value: staged };
}

/**
 * Makes the output folder what `findChanges` said. Files are replaced one by one, each atomically, the manifest last.
 * Refuses as a whole if a conflict does not give way.
 */
export function applyChanges(
  root: string,
  changes: readonly Change[],
  options: { readonly force: boolean },
): Result<Applied> {
  const blocked = blockers(changes, options.force);
  if (blocked.length > 0) return { ok: false, diagnostics: blocked };
  const staged = stageAll(root, changes);
  if (!staged.ok) return staged;

  const pending = new Map(staged.value.map((one) => [one.path, one]));
  const saved: { path: string; as: string }[] = [];
  const done: string[] = [];
  for (const change of changes) {
    const { kind, path } = change;
    if (kind === "unchanged") continue;
    try {
      if (kind === "conflict") saved.push({ path, as: saveAside(root, path) });
      const one = pending.get(path);
      if (one === undefined) removeFile(root, path);
      else one.commit();
    } catch (error) {
      for (const one of [...pending.values()].reverse()) one.discard();
      return { ok: false, diagnostics: [failure(error, path, done)] };
    }
    pending.delete(path);
    done.push(path);
  }
  return { ok: true, value: { ...summary(changes), saved } };
}

function summary(changes: readonly Change[]): Omit<Applied, "saved"> {
  const paths = (wanted: (change: Change) => boolean) =>
    changes.filter(wanted).map(({ path }) => path);
  return {
    created: paths(({ kind }) => kind === "create"),
    updated: paths(
      (one) => one.kind === "update" || (one.kind === "conflict" && one.text !== undefined),
    ),
    removed: paths(
      (one) => one.kind === "orphan" || (one.kind === "conflict" && one.text === undefined),
    ),
    unchanged: paths(({ kind }) => kind === "unchanged"),
  };
}
