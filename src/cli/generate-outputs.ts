import { basename, dirname, join, resolve } from "node:path";
import { compilePair } from "../compile.js";
import type { Diagnostic } from "../diagnostic/types.js";
import { findChanges, identityOf } from "../write/index.js";
import { exit } from "./exit.js";
import type { Io } from "./io.js";
import type { LoadedPair } from "./load-pair.js";
import type { Outcome } from "./outcome.js";
import { checkOutput, showOutput, writeOutput } from "./output.js";
import { count, report } from "./report.js";
import { ownVersion } from "./version.js";

export interface GenerateOptions {
  readonly mode: "write" | "check" | "dry-run";
  readonly force: boolean;
  /** The folder that `--out` names. */
  readonly out: string | undefined;
  /** Whether each pair has a folder of its own below `out`. */
  readonly several: boolean;
  readonly io: Io;
}

const finishers = { write: writeOutput, check: checkOutput, "dry-run": showOutput } as const;

/** Where a model's output goes. */
function folderOf({ file, pair }: LoadedPair, { out, several }: GenerateOptions): string {
  if (out === undefined) return dirname(file);
  return several ? join(out, pair.name) : out;
}

const sharedFolder = (file: string, other: string, out: string): Diagnostic => ({
  code: "output-shared",
  message: `This model and ${other} would be generated into the same folder, ${out}.`,
  fix: "put each model into a folder of its own, or give each pair another name and use --out.",
  file,
});

/** Models whose outputs would be a mixture, each but the first of a folder. */
function sharedFolders(models: readonly LoadedPair[], options: GenerateOptions) {
  const taken = new Map<string, string>();
  return models.flatMap((loaded): readonly Diagnostic[] => {
    const out = folderOf(loaded, options);
    const other = taken.get(resolve(out));
    if (other !== undefined) return [sharedFolder(loaded.file, other, out)];
    taken.set(resolve(out), loaded.file);
    return [];
  });
}

function generateOne(loaded: LoadedPair, options: GenerateOptions): Outcome {
  const { file, pair, source } = loaded;
  const { mode, force, io } = options;
  const out = folderOf(loaded, options);
  const { files } = compilePair(pair);
  const origin = {
    modelFile: basename(file),
    modelText: source.text,
    pair: identityOf(pair),
    version: ownVersion(),
  };
  const model = file === "-" ? undefined : file;
  const find = () => findChanges(out, files, origin, model);
  const changes = find();
  if (changes.ok) return finishers[mode]({ out, changes: changes.value, find, force, io });
  const { diagnostics } = changes;
  report(io, diagnostics, "Nothing was written.");
  return { exit: exit.wrong, report: { out, diagnostics } };
}

/** Generates the outputs of models that are right; one outcome for each, in their order. */
export function generateOutputs(
  models: readonly LoadedPair[],
  options: GenerateOptions,
): readonly (Outcome & { readonly loaded: LoadedPair })[] {
  const shared = sharedFolders(models, options);
  if (shared.length === 0)
    return models.map((loaded) => ({ loaded, ...generateOne(loaded, options) }));
  report(options.io, shared, `${count(shared.length, "model")} in the way; nothing was written.`);
  return models.map((loaded) => ({
    loaded,
    exit: exit.wrong,
    report: {
      out: folderOf(loaded, options),
      diagnostics: shared.filter(({ file }) => file === loaded.file),
    },
  }));
}
