import type { Diagnostic } from "../diagnostic/types.js";
import { readSource, type Source } from "../load/read-source.js";
import type { HaPair } from "../model/types.js";
import { validate } from "../validate.js";
import type { Io } from "./io.js";
import { count, report } from "./report.js";

/** A model that is right, or all that is wrong with it. */
export type Loaded =
  | {
      readonly file: string;
      readonly pair: HaPair;
      readonly source: Source;
      /** Warnings alone. */
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly file: string;
      readonly pair?: undefined;
      readonly diagnostics: readonly Diagnostic[];
    };

/** A model that is right. */
export type LoadedPair = Extract<Loaded, { readonly source: Source }>;

export const isRight = (loaded: Loaded): loaded is LoadedPair => loaded.pair !== undefined;

/** Reads a model, and prints all that is wrong with it. */
export function loadPair(file: string, io: Io, afterword: string): Loaded {
  const source = readSource(file);
  const pair = source.ok ? validate(source.value.text, source.value) : source;
  if (source.ok && pair.ok) {
    const { value, warnings = [] } = pair;
    if (warnings.length > 0)
      report(io, warnings, `${count(warnings.length, "warning")} in ${file}.`, source.value.text);
    return { file, pair: value, source: source.value, diagnostics: warnings };
  }
  const diagnostics = pair.ok ? [] : pair.diagnostics;
  const summary = `${count(diagnostics.length, "error")} in ${file}${afterword}.`;
  report(io, diagnostics, summary, source.ok ? source.value.text : undefined);
  return { file, diagnostics };
}
