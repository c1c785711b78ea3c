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
  const { code, message, why, fix, path } = finding;
  const frame = finding.frame ?? { path, part: "value" as const };
  return {
    code,
    message,
    ...(why !== undefined && { why }),
    fix,
    file: model.file,
    // The model itself has no key to frame: then the file as a whole is meant.
    ...(frame.path.length > 0 && model.locate(frame.path, frame.part)),
    pointer: toPointer(path),
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

const byPosition = (a: Diagnostic, b: Diagnostic): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

/** From a model's text to a pair, or to all that is wrong with the text, sorted by position. */
export function readModel(source: Source): Result<HaPair> {
  const model = parseModel(source);
  if (!model.ok) return model;
  const { findings, draft } = checkSchema(model.value.value);
  const all = firstPerPlace([...findings, ...rules.flatMap((rule) => [...rule(draft)])]);
  if (all.length > 0) {
    const diagnostics = all.map((finding) => toDiagnostic(finding, model.value)).sort(byPosition);
    return { ok: false, diagnostics };
  }
  // Nothing was refused, so the draft is the whole document.
  return { ok: true, value: toHaPair(draft as ModelDocument) };
}
