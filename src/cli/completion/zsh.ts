import type { CommandSpec, OptionSpec, ProgramSpec } from "../command-spec.js";
import { isFolder, shellText } from "./words.js";

/** What an argument of `_arguments` may not hold bare. */
const plain = (text: string): string => text.replaceAll(/[[\]:\\]/g, (one) => `\\${one}`);

const models = '_files -g "*.(yml|yaml)(-.)"';

function takes(option: OptionSpec): string {
  if (option.value === undefined) return "";
  if (isFolder(option)) return ":folder:_files -/";
  const { choices, value } = option;
  return `:${plain(value)}:${choices.length > 0 ? `(${choices.join(" ")})` : " "}`;
}

/** `=`: the value may stand in the same word or in the next. */
const optionRows = (option: OptionSpec): readonly string[] =>
  option.names.map((name) => {
    const equals = option.value !== undefined && name.startsWith("--") ? "=" : "";
    return shellText(`${name}${equals}[${plain(option.description)}]${takes(option)}`);
  });

const functionName = (command: CommandSpec, argument: string): string =>
  `_xcatha_${command.name}_${argument}`;

const argumentRows = (command: CommandSpec): readonly string[] =>
  command.arguments.map(({ name, choices, files, many }) => {
    const words = choices.length > 0;
    const what =
      files && words ? functionName(command, name) : words ? `(${choices.join(" ")})` : models;
    return shellText(`${many ? "*" : ""}:${plain(name)}:${what}`);
  });

/** A function for each argument at which words or a file may stand. */
const functions = (command: CommandSpec): readonly string[] =>
  command.arguments
    .filter(({ choices, files }) => files && choices.length > 0)
    .map(
      ({ name, choices, rare }) => `${functionName(command, name)}() {
  local -a words
  words=(${choices.join(" ")})
  # Too many to be shown before something is typed.
  [[ -z $PREFIX ]] || words+=(${rare.join(" ")})
  _alternative ${shellText(`words:${plain(name)}:($words)`)} ${shellText(`models:model:${models}`)}
}
`,
    );

/** A script for zsh that completes \`xcatha\`. */
export function zshCompletion({ commands }: ProgramSpec): string {
  const described = commands.map(({ name, summary }) => shellText(`${name}:${summary}`));
  const cases = commands.map((command) => {
    const rows = [...command.options.flatMap(optionRows), ...argumentRows(command)];
    return `    ${command.name}) _arguments ${rows.join(" ")} ;;`;
  });
  return `#compdef xcatha
# Completion of xcatha for zsh: put it as _xcatha into a folder of $fpath.
${commands.flatMap(functions).join("")}_xcatha() {
  local -a commands
  commands=(${described.join(" ")})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
${cases.join("\n")}
    help) _describe command commands ;;
  esac
}
if [[ $funcstack[1] == _xcatha ]]; then _xcatha "$@"; else compdef _xcatha xcatha; fi
`;
}
