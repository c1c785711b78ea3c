import type { CommandSpec, OptionSpec, ProgramSpec } from "../command-spec.js";
import { isFolder, shellText } from "./words.js";

/** What an argument of `_arguments` may not hold bare. */
const plain = (text: string): string => text.replaceAll(/[[\]:\\]/g, (one) => `\\${one}`);

function optionRows({ names, value, description }: OptionSpec): readonly string[] {
  const takes =
    value === undefined
      ? ""
      : isFolder({ names, value, description })
        ? ":folder:_files -/"
        : `:${plain(value)}: `;
  return names.map((name) => shellText(`${name}[${plain(description)}]${takes}`));
}

function argumentRows({ arguments: all }: CommandSpec): readonly string[] {
  return all.map(({ name, choices, many }) => {
    const what = choices.length > 0 ? `(${choices.join(" ")})` : `_files -g "*.(yml|yaml)(-.)"`;
    return shellText(`${many ? "*" : ""}:${plain(name)}:${what}`);
  });
}

/** A script for zsh that completes \`xcatha\`. */
export function zshCompletion({ commands }: ProgramSpec): string {
  const described = commands.map(({ name, summary }) => shellText(`${name}:${summary}`));
  const cases = commands.map((command) => {
    const rows = [...command.options.flatMap(optionRows), ...argumentRows(command)];
    return `    ${command.name}) _arguments ${rows.join(" ")} ;;`;
  });
  return `#compdef xcatha
# Completion of xcatha for zsh: put it as _xcatha into a folder of $fpath.
_xcatha() {
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
