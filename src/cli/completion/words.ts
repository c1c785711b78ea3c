import type { OptionSpec } from "../command-spec.js";

/** Every name of options. */
export const wordsOf = (options: readonly OptionSpec[]): readonly string[] =>
  options.flatMap(({ names }) => names);

/** Whether an option takes a folder. */
export const isFolder = ({ value }: OptionSpec): boolean => value === "<dir>";

/** Text in single quotes, for a shell. */
export const shellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
