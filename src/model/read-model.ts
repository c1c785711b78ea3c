import type { Diagnostic, Result } from "../diagnostic/types.js";
import type { ModelText } from "../load/model-text.js";
import { parseModel } from "../load/parse-model.js";
import type { Source } from "../load/read-source.js";
import { checkSchema } from "./check-schema.js";
import { toHaPair } from "./defaults.js";
import type { ModelDocument } from "./document.js";
import { type Finding, toPointer } from "./finding.js";
import { rules } from "./rules/index.js";
import type { HaPair } from "./types.js";

function toDiagnostic(finding: Finding, model: ModelText): Diagnostic {
  const { code, severity, message, why, fix, path, secret } = finding;
  const frame = finding.frame ?? { path, part: "value" as const };
  return {
    code,
    ...(severity && { severity }),
    message,
    ...(why !== undefined && { why }),
    fix,
    file: model.file,
    // The model itself has no key to frame: then the file as a whole is meant.
    ...(frame.path.length > 0 && model.locate(frame.path, frame.part)),
    pointer: toPointer(path),
    ...(secret && { secret }),
  };
}

/** Of several findings at one place the first is the cause, the others its echo. */
function firstPerPlace(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const pointer = toPointer(finding.path);
    if (!first.has(pointer)) first.set(pointer, finding);
  }
  return [...first.values()];
}

/** What no rule has words for, neither at its place nor below it. */
function withoutAnswer(leftover: readonly Finding[], found: readonly Finding[]) {
  const places = found
    .filter(({ severity }) => severity !== "warning")
    .map(({ path }) => `${toPointer(path)}/`);
  return firstPerPlace(leftover).filter(
    ({ path }) => !places.some((place) => place.startsWith(`${toPointer(path)}/`)),
  );
}

const byPosition = (a: Diagnostic, b: Diagnostic): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

/** A copy without what begins with `x-`, where a model keeps its anchors: aliases are expanded by now. */
function withoutAnchors(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-")));
}

/** From a model's text to a pair, or to all that is wrong with the text, sorted by position. */
export function readModel(source: Source): Result<HaPair> {
  const model = parseModel(source);
  return model.ok ? checkModel(model.value) : model;
}

/** From a model's values to a pair, or to all that is wrong with them. */
export function checkModel(model: ModelText): Result<HaPair> {
  const { findings, leftover, draft } = checkSchema(withoutAnchors(model.value));
  const found = firstPerPlace([...findings, ...rules.flatMap((rule) => [...rule(draft)])]);
  const all = [...found, ...withoutAnswer(leftover, found)];
  const diagnostics = all.map((finding) => toDiagnostic(finding, model)).sort(byPosition);
  const errors = diagnostics.filter(({ severity }) => severity !== "warning");
  if (errors.length > 0) return { ok: false, diagnostics: errors };
  // No error was found, so the draft is the whole document.
  return { ok: true, value: toHaPair(draft as ModelDocument), warnings: diagnostics };
}
