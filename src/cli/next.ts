import { defaultModel } from "./command.js";

const quoted = (word: string): string =>
  /^[\w./:@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** The next command for the same models, as it can be typed. */
export function nextCommand(command: string, models: readonly string[]): string {
  const same = models.length === 1 && models[0] === defaultModel;
  return `Next: ${[command, ...(same ? [] : models.map(quoted))].join(" ")}`;
}
