import type { Result } from "./diagnostic/types.js";
import type { ModelDocument } from "./model/document.js";
import { checkModel, readModel } from "./model/read-model.js";
import type { HaPair } from "./model/types.js";

/** How a model is compiled. */
export interface CompileOptions {
  /** What diagnostics call the model's file. Default: `xcatha.yml`. */
  readonly file?: string;
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
