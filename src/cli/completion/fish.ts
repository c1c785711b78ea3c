import type { ArgumentSpec, OptionSpec, ProgramSpec } from "../command-spec.js";
import { isFolder, shellText } from "./words.js";

const quoted = (text: string): string => shellText(text).replaceAll("'\\''", "\\'");

function takes(option: OptionSpec): string {
  if (option.value === undefined) return "";
  if (isFolder(option)) return " -x -a '(__fish_complete_directories)'";
  return option.choices.length > 0 ? ` -x -a ${quoted(option.choices.join(" "))}` : " -x";
}

function optionRow(option: OptionSpec): string {
  const names = option.names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  return `${names.join(" ")}${takes(option)} -d ${quoted(option.description)}`;
}

/** What is offered for an argument whose words are known, until one of them was given. */
function wordRows(here: string, { choices, rare }: ArgumentSpec): readonly string[] {
  if (choices.length === 0) return [];
  const first = `${here}; and not __fish_seen_subcommand_from ${choices.join(" ")}`;
  const typed = `${first}; and string length -q -- (commandline -ct)`;
  return [
    `complete -c xcatha -f -n ${quoted(first)} -a ${quoted(choices.join(" "))}`,
    ...(rare.length > 0
      ? [`complete -c xcatha -f -n ${quoted(typed)} -a ${quoted(rare.join(" "))}`]
      : []),
  ];
}

/** A script for fish that completes `xcatha`. */
export function fishCompletion({ commands }: ProgramSpec): string {
  const none = "-n __fish_use_subcommand";
  const rows = commands.flatMap((command) => {
    const here = `__fish_seen_subcommand_from ${command.name}`;
    const files = command.arguments.some((one) => one.files);
    return [
      `complete -c xcatha -f ${none} -a ${command.name} -d ${quoted(command.summary)}`,
      ...command.options.map((one) => `complete -c xcatha -n ${quoted(here)} ${optionRow(one)}`),
      ...command.arguments.flatMap((one) => wordRows(here, one)),
      ...(files ? [`complete -c xcatha -F -n ${quoted(here)}`] : []),
    ];
  });
  return `# Completion of xcatha for fish: put it into ~/.config/fish/completions/xcatha.fish
${rows.join("\n")}
`;
}
