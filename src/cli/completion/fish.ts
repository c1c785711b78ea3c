import type { OptionSpec, ProgramSpec } from "../command-spec.js";
import { isFolder, shellText } from "./words.js";

const quoted = (text: string): string => shellText(text).replaceAll("'\\''", "\\'");

function optionRow(option: OptionSpec): string {
  const names = option.names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const takes =
    option.value === undefined
      ? ""
      : isFolder(option)
        ? " -x -a '(__fish_complete_directories)'"
        : " -x";
  return `${names.join(" ")}${takes} -d ${quoted(option.description)}`;
}

/** A script for fish that completes `xcatha`. */
export function fishCompletion({ commands }: ProgramSpec): string {
  const none = "-n __fish_use_subcommand";
  const rows = commands.flatMap((command) => {
    const here = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const choices = command.arguments.flatMap((one) => one.choices);
    const files = command.arguments.some((one) => one.choices.length === 0);
    return [
      `complete -c xcatha -f ${none} -a ${command.name} -d ${quoted(command.summary)}`,
      ...command.options.map((option) => `complete -c xcatha ${here} ${optionRow(option)}`),
      ...(choices.length > 0
        ? [`complete -c xcatha -f ${here} -a ${quoted(choices.join(" "))}`]
        : []),
      ...(files ? [`complete -c xcatha -F ${here}`] : []),
    ];
  });
  return `# Completion of xcatha for fish: put it into ~/.config/fish/completions/xcatha.fish
${rows.join("\n")}
`;
}
