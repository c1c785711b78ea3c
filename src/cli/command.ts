import { Argument, type Command } from "commander";
import type { Exit } from "./exit.js";
import type { Io } from "./io.js";

/** What a command's action works with. */
export interface Session {
  readonly io: Io;
  /** Sets how the process ends; done unless an action says otherwise. */
  readonly end: (exit: Exit) => void;
}

/** Adds a command to the program. What only its action needs is imported by the action. */
export type AddCommand = (program: Command, session: Session) => void;

/** Examples below a help text. */
export const examples = (rows: readonly (readonly [command: string, does: string])[]): string => {
  const width = Math.max(...rows.map(([command]) => command.length));
  return [
    "",
    "Examples:",
    ...rows.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`),
  ].join("\n");
};

/** The model that a command reads when none is named. */
export const defaultModel = "xcatha.yml";

/** The models that a command reads. */
export const modelArgument = (): Argument =>
  new Argument("[models...]", "models, folders of models, or - for standard input").default(
    [defaultModel],
    defaultModel,
  );
