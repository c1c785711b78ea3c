import { isSystemError, systemErrorWords } from "../diagnostic/system-error.js";
import type { Diagnostic, Result } from "../diagnostic/types.js";
import { type Change, givesWay, isWanted } from "./change.js";
import { conflictDiagnostic } from "./conflict-words.js";
import { entriesOf, journalText, readJournals, unite } from "./journal.js";
import { saveAside } from "./save-aside.js";
import { sha256 } from "./sha256.js";
import { Workplace } from "./workplace.js";

/** What a run did. Paths are relative to the output folder. */
export interface Applied {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
  /** What `--force` replaced, and the name under which it is kept. */
  readonly saved: readonly { readonly path: string; readonly as: string }[];
}

/** What stands in the way of applying changes, each culprit once; empty if nothing does. */
export function blockers(changes: readonly Change[], force: boolean): readonly Diagnostic[] {
  const diagnostics = changes
    .filter((change) => change.kind === "conflict")
    .filter((conflict) => !(force && givesWay(conflict)))
    .map(conflictDiagnostic);
  return [...new Map(diagnostics.map((one) => [`${one.code} ${one.file}`, one])).values()];
}

const failure = (error: unknown, path: string, why: string): Diagnostic => ({
  code: "write-failed",
  message: `It could not be written: ${systemErrorWords(error)}.`,
  why,
  fix: "remove the cause, then run the same command again.",
  file: path,
});

const lost = (path: string): Diagnostic => ({
  code: "output-busy",
  message: "Another run of xcatha has taken over this folder, since this one was silent for long.",
  fix: "run the same command again.",
  file: path,
});

/** Writes everything beside the output first: what fails here has changed nothing. */
function stageAll(place: Workplace, changes: readonly Change[]): Diagnostic | undefined {
  for (const change of changes) {
    if (change.kind === "unchanged" || change.kind === "orphan") continue;
    if (change.text === undefined) continue;
    try {
      place.stage(change.path, change.text);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return place.lost ? lost(change.path) : failure(error, change.path, "Nothing was changed.");
    }
  }
  return undefined;
}

/** What a run that is cut off leaves must be known to the next one, whatever that one generates. */
function noteAll(place: Workplace, changes: readonly Change[]): readonly string[] {
  const before = readJournals(place.root);
  // What goes is noted too, for the empty directory that a run may leave.
  const coming = changes.flatMap((change) => {
    const text = isWanted(change) && "text" in change ? change.text : undefined;
    const known = text ?? ("before" in change ? change.before : undefined);
    return known === undefined ? [] : [[change.path, sha256(known)] as const];
  });
  place.note(journalText(unite(...entriesOf(before), ...coming)));
  const wanted = new Set(changes.filter(isWanted).map(({ path }) => path));
  return [...before.keys()].filter((path) => !wanted.has(path));
}

function replaceAll(place: Workplace, changes: readonly Change[]): Result<Applied["saved"]> {
  const saved: { path: string; as: string }[] = [];
  const done: string[] = [];
  for (const change of changes) {
    const { kind, path } = change;
    if (kind === "unchanged") continue;
    try {
      if (kind === "conflict") saved.push({ path, as: saveAside(place.root, path) });
      if (isWanted(change)) place.put(path);
      else place.remove(path);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const why =
        done.length === 0
          ? "Nothing was changed."
          : `Changed before that: ${done.join(", ")}. The manifest was not, so running again completes the work.`;
      return { ok: false, diagnostics: [place.lost ? lost(path) : failure(error, path, why)] };
    }
    done.push(path);
  }
  return { ok: true, value: saved };
}

function applyIn(place: Workplace, changes: readonly Change[], force: boolean): Result<Applied> {
  const blocked = blockers(changes, force);
  if (blocked.length > 0) {
    place.abandon();
    return { ok: false, diagnostics: blocked };
  }
  const fault = stageAll(place, changes);
  if (fault !== undefined) {
    place.abandon();
    return { ok: false, diagnostics: [fault] };
  }
  const gone = noteAll(place, changes);
  const replaced = replaceAll(place, changes);
  if (!replaced.ok) {
    place.suspend();
    return replaced;
  }
  for (const path of gone) place.removeEmptyParents(path);
  place.close();
  return { ok: true, value: { ...summary(changes), saved: replaced.value } };
}

/**
 * Makes the output folder what `find` says that it must become. Files are replaced one by one, each atomically, the
 * manifest last. Refuses as a whole if a conflict does not give way.
 * @param find asked while no other run writes into the folder.
 */
export function applyChanges(
  root: string,
  find: () => Result<readonly Change[]>,
  options: { readonly force: boolean },
): Result<Applied> {
  try {
    const place = Workplace.open(root);
    if (!place.ok) return place;
    const changes = find();
    if (changes.ok) return applyIn(place.value, changes.value, options.force);
    place.value.abandon();
    return changes;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { ok: false, diagnostics: [failure(error, error.path ?? root, "Nothing was changed.")] };
  }
}

/** What was done by changes that were applied, or what there was to do. */
export function summary(changes: readonly Change[]): Omit<Applied, "saved"> {
  const paths = (wanted: (change: Change) => boolean) =>
    changes.filter(wanted).map(({ path }) => path);
  return {
    created: paths(({ kind }) => kind === "create"),
    updated: paths((one) => one.kind === "update" || (one.kind === "conflict" && isWanted(one))),
    removed: paths((one) => !isWanted(one)),
    unchanged: paths(({ kind }) => kind === "unchanged"),
  };
}
