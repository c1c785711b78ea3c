import type { Diagnostic, Result } from "./diagnostic/types.js";
import type { ModelDocument } from "./model/document.js";
import { checkModel, readModel } from "./model/read-model.js";
import type { HaPair } from "./model/types.js";
import { generateFiles } from "./render/index.js";
import type { RenderedFile } from "./render/types.js";

/** How a model is compiled. */
export interface CompileOptions {
  /** What diagnostics call the model's file. Default: `xcatha.yml`. */
  readonly file?: string;
}

/** What comes of a model. */
export interface Compiled {
  /** The pair with every default filled in, deeply frozen. */
  readonly pair: HaPair;
  /** Every file of the output but the manifest, sorted by path. */
  readonly files: readonly RenderedFile[];
  /** What deserves a look and stands in the way of nothing. */
  readonly warnings: readonly Diagnostic[];
}

/** Values as a file would hold them: none that is undefined, none that is a function. */
const asJson = (model: ModelDocument): unknown => JSON.parse(JSON.stringify(model));

/**
 * Checks a model: text in YAML, or its values. Pure, and silent about bad input: all that is wrong is in the result.
 * @param model YAML text; or values, whose diagnostics have a pointer and no line.
 */
export function validate(
  model: string | ModelDocument,
  { file = "xcatha.yml" }: CompileOptions = {},
): Result<HaPair> {
  return typeof model === "string"
    ? readModel({ file, text: model })
    : checkModel({ file, value: asJson(model), locate: () => undefined });
}

/** Compiles a model into the files of its output: parse, plan, render. Writes nothing; throws for a fault of ours alone. */
export function compile(
  model: string | ModelDocument,
  options: CompileOptions = {},
): Result<Compiled> {
  const pair = validate(model, options);
  if (!pair.ok) return pair;
  const { value, warnings = [] } = pair;
  return { ok: true, value: { pair: value, files: generateFiles(value), warnings } };
}
