import type { Command } from "commander";

/** An option of a command, as completion and the manual show it. */
export interface OptionSpec {
  /** `--out`, `-h`; the long one last. */
  readonly names: readonly string[];
  /** What stands for its value, e.g. `<dir>`; absent if it takes none. */
  readonly value?: string;
  readonly description: string;
}

/** A command, as completion and the manual show it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Its whole help text. */
  readonly help: string;
  readonly options: readonly OptionSpec[];
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly choices: readonly string[];
    readonly many: boolean;
  }[];
}

function optionsOf(command: Command): readonly OptionSpec[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, flags, description }) => {
      const value = /[<[].*$/.exec(flags)?.[0];
      return {
        names: [short, long].filter((name) => name !== undefined),
        ...(value !== undefined && { value }),
        description,
      };
    });
}

/** The help text as it is without a terminal. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
    getOutHelpWidth: () => 80,
  });
  command.outputHelp();
  return text;
}

const specOf = (command: Command): CommandSpec => ({
  name: command.name(),
  summary: command.summary() || command.description(),
  help: helpOf(command),
  options: optionsOf(command),
  arguments: command.registeredArguments.map((argument) => ({
    name: argument.name(),
    description: argument.description,
    choices: argument.argChoices ?? [],
    many: argument.variadic,
  })),
});

/** The program and its commands. */
export const specsOf = (program: Command) => ({
  program: specOf(program),
  commands: program.commands.map(specOf),
});

export type ProgramSpec = ReturnType<typeof specsOf>;
