import { Command, CommanderError } from "commander";
import type { AddCommand } from "./command.js";
import { addCompletion } from "./commands/completion.js";
import { addExplain } from "./commands/explain.js";
import { addGenerate } from "./commands/generate.js";
import { addInit } from "./commands/init.js";
import { addManual } from "./commands/manual.js";
import { addSchema } from "./commands/schema.js";
import { addValidate } from "./commands/validate.js";
import { type Exit, exit } from "./exit.js";
import type { Io } from "./io.js";
import { ownVersion } from "./version.js";

/** In the order of their use. */
const commands: readonly AddCommand[] = [
  addInit,
  addGenerate,
  addValidate,
  addExplain,
  addSchema,
  addCompletion,
  addManual,
];

const about =
  "Compile a small model of two xCAT management nodes into Ansible playbooks that set them up as an active and a standby host, and fail over between them.";

/**
 * Runs one command line.
 * @param words what stands after the program's name.
 * @returns the exit code. A fault of ours is thrown.
 */
export async function main(words: readonly string[], io: Io): Promise<Exit> {
  let result: Exit = exit.done;
  const session = {
    io,
    end: (code: Exit) => {
      result = code;
    },
  };
  const program = new Command("xcatha")
    .description(about)
    .version(ownVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help on a command")
    .configureOutput({ writeOut: io.data, writeErr: (text) => io.say(text.trimEnd()) })
    .showHelpAfterError("Next: xcatha --help")
    .addHelpText("after", "\nBegin with xcatha init, which writes a model; then xcatha generate.")
    .exitOverride();
  for (const add of commands) add(program, session);
  try {
    await program.parseAsync(words, { from: "user" });
    return result;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exit.done : exit.usage;
  }
}
