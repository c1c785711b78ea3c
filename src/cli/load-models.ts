import { findModels } from "./find-models.js";
import type { Io } from "./io.js";
import { isRight, type Loaded, type LoadedPair, loadPair } from "./load-pair.js";
import { report } from "./report.js";

/** All models that a command line names. */
export interface LoadedModels {
  readonly all: readonly Loaded[];
  readonly right: readonly LoadedPair[];
  /** Whether several models, or a folder of them, were named. */
  readonly several: boolean;
}

/**
 * Reads the models that a command's arguments name; prints all that is wrong with each.
 * @param praise what is said of a model that is right.
 */
export function loadModels(
  words: readonly string[],
  io: Io,
  afterword: string,
  praise: (loaded: LoadedPair) => string | undefined = () => undefined,
): LoadedModels {
  const { files, several, diagnostics } = findModels(words);
  const folders = diagnostics.map((one): Loaded => {
    report(io, [one], `1 error in ${one.file}${afterword}.`);
    return { file: one.file, diagnostics: [one] };
  });
  const models = files.map((file) => {
    const loaded = loadPair(file, io, afterword);
    const sentence = isRight(loaded) ? praise(loaded) : undefined;
    if (sentence !== undefined) io.say(sentence);
    return loaded;
  });
  const all = [...folders, ...models];
  const right = all.filter(isRight);
  const wrong = all.length - right.length;
  if (all.length > 1 && wrong > 0)
    io.say(io.palette.strong(`${wrong} of ${all.length} models are wrong${afterword}.`));
  return { all, right, several };
}
