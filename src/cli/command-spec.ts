import type { Command } from "commander";

/** An option of a command, as completion and the manual show it. */
export interface OptionSpec {
  /** `--out`, `-h`; the long one last. */
  readonly names: readonly string[];
  /** What stands for its value, e.g. `<dir>`; absent if it takes none. */
  readonly value?: string;
  /** Values that it takes, where they are known. */
  readonly choices: readonly string[];
  readonly description: string;
}

/** An argument of a command. */
export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  /** Words that it takes, where they are known. */
  readonly choices: readonly string[];
  /** More words, too many to be offered before something is typed. */
  readonly rare: readonly string[];
  /** Whether a file may stand there. */
  readonly files: boolean;
  readonly many: boolean;
}

/** Words that the command line takes and does not check by itself: by command, then by option or argument. */
export type KnownValues = Readonly<
  Record<
    string,
    Readonly<
      Record<string, { readonly choices: readonly string[]; readonly rare?: readonly string[] }>
    >
  >
>;

/** A command, as completion and the manual show it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Its whole help text. */
  readonly help: string;
  readonly options: readonly OptionSpec[];
  readonly arguments: readonly ArgumentSpec[];
}

function optionsOf(command: Command, known: KnownValues): readonly OptionSpec[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, flags, description }) => {
      const value = /[<[].*$/.exec(flags)?.[0];
      return {
        names: [short, long].filter((name) => name !== undefined),
        ...(value !== undefined && { value }),
        choices: known[command.name()]?.[long ?? ""]?.choices ?? [],
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

const argumentsOf = (command: Command, known: KnownValues): readonly ArgumentSpec[] =>
  command.registeredArguments.map((argument) => {
    const { choices = [], rare = [] } = known[command.name()]?.[argument.name()] ?? {};
    return {
      name: argument.name(),
      description: argument.description,
      choices: argument.argChoices ?? choices,
      rare,
      files: argument.argChoices === undefined,
      many: argument.variadic,
    };
  });

const specOf = (command: Command, known: KnownValues): CommandSpec => ({
  name: command.name(),
  summary: command.summary() || command.description(),
  help: helpOf(command),
  options: optionsOf(command, known),
  arguments: argumentsOf(command, known),
});

/** The program and its commands. */
export const specsOf = (program: Command, known: KnownValues = {}) => ({
  program: specOf(program, known),
  commands: program.commands.map((command) => specOf(command, known)),
});

export type ProgramSpec = ReturnType<typeof specsOf>;
