import type { Diagnostic, Result } from "./diagnostic/types.js";
import type { ModelDocument } from "./model/document.js";
import type { HaPair } from "./model/types.js";
import { generateFiles } from "./render/index.js";
import type { RenderedFile } from "./render/types.js";
import { type CompileOptions, validate } from "./validate.js";

/** What comes of a model. */
export interface Compiled {
  /** The pair with every default filled in, deeply frozen. */
  readonly pair: HaPair;
  /** Every file of the output but the manifest, sorted by path. */
  readonly files: readonly RenderedFile[];
  /** What deserves a look and stands in the way of nothing. */
  readonly warnings: readonly Diagnostic[];
}

/** What comes of a model that is right already: plan, render. */
export const compilePair = (pair: HaPair, warnings: readonly Diagnostic[] = []): Compiled => ({
  pair,
  files: generateFiles(pair),
  warnings,
});

/** Compiles a model into the files of its output: parse, plan, render. Writes nothing; throws for a fault of ours alone. */
export function compile(
  model: string | ModelDocument,
  options: CompileOptions = {},
): Result<Compiled> {
  const pair = validate(model, options);
  return pair.ok ? { ok: true, value: compilePair(pair.value, pair.warnings) } : pair;
}
