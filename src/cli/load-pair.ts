import { readSource, type Source } from "../load/read-source.js";
import { readModel } from "../model/read-model.js";
import type { HaPair } from "../model/types.js";
import type { Io } from "./io.js";
import { count, report } from "./report.js";

/** A pair and the text that it was read from. */
export interface LoadedPair {
  readonly pair: HaPair;
  readonly source: Source;
}

/** Reads a model; prints all that is wrong with it and returns undefined if anything is. */
export function loadPair(file: string, io: Io, afterword: string): LoadedPair | undefined {
  const source = readSource(file);
  const pair = source.ok ? readModel(source.value) : source;
  if (source.ok && pair.ok) {
    const { value, warnings = [] } = pair;
    if (warnings.length > 0)
      report(io, warnings, `${count(warnings.length, "warning")} in ${file}.`, source.value.text);
    return { pair: value, source: source.value };
  }
  const diagnostics = pair.ok ? [] : pair.diagnostics;
  const summary = `${count(diagnostics.length, "error")} in ${file}${afterword}.`;
  report(io, diagnostics, summary, source.ok ? source.value.text : undefined);
  return undefined;
}
