import type { CommandSpec, OptionSpec, ProgramSpec } from "../command-spec.js";
import { isFolder, wordsOf } from "./words.js";

/** Patterns of `case` for a command and each name of some of its options. */
const patterns = (
  commands: readonly CommandSpec[],
  wanted: (option: OptionSpec) => boolean,
): string =>
  commands
    .flatMap(({ name, options }) =>
      wordsOf(options.filter(wanted)).map((one) => `"${name} ${one}"`),
    )
    .join(" | ");

const takesValue = ({ value }: OptionSpec): boolean => value !== undefined;

/** A branch for each option whose values are known. */
const valueCases = (commands: readonly CommandSpec[]): readonly string[] =>
  commands.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(
        (option) => `    ${wordsOf([option])
          .map((one) => `"${name} ${one}"`)
          .join(" | ")})
      mapfile -t COMPREPLY < <(compgen -W "${option.choices.join(" ")}" -- "$current")
      return
      ;;`,
      ),
  );

/** A branch for each argument, by its place. */
const argumentCases = (commands: readonly CommandSpec[]): readonly string[] =>
  commands.flatMap((command) =>
    command.arguments.map(({ choices, rare, files, many }, place) => {
      const sets = [
        ...(choices.length > 0 ? [`words="${choices.join(" ")}"`] : []),
        ...(rare.length > 0 ? [`rare="${rare.join(" ")}"`] : []),
        ...(files ? ["files=yes"] : []),
      ];
      return `    "${command.name} "${many ? "*" : place}) ${sets.join(" ")} ;;`;
    }),
  );

/** A script for bash that completes `xcatha`. */
export function bashCompletion({ program, commands }: ProgramSpec): string {
  const names = commands.map(({ name }) => name).join(" ");
  return `# Completion of xcatha for bash: put it into ~/.local/share/bash-completion/completions/xcatha
_xcatha() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=\${COMP_WORDS[1]} options="" words="" rare="" files="" place=0 word skip=""
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "${names} help ${wordsOf(program.options).join(" ")}" -- "$current")
    return
  fi
  # --option=value are three words.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $before == "=" ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  case "$command $before" in
    ${patterns(commands, isFolder)})
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return
      ;;
${valueCases(commands).join("\n")}
    ${patterns(commands, (one) => takesValue(one) && !isFolder(one) && one.choices.length === 0)}) return ;;
  esac
  if [[ $current == -* ]]; then
    case $command in
${commands.map(({ name, options }) => `      ${name}) options="${wordsOf(options).join(" ")}" ;;`).join("\n")}
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    return
  fi
  # How many arguments stand before this one.
  for word in "\${COMP_WORDS[@]:2:COMP_CWORD - 2}"; do
    if [[ $word == "=" ]]; then
      skip=yes
    elif [[ -n $skip ]]; then
      skip=""
    else
      case "$command $word" in
        ${patterns(commands, takesValue)}) skip=yes ;;
        *" -"*) ;;
        *) ((place += 1)) ;;
      esac
    fi
  done
  case "$command $place" in
${argumentCases(commands).join("\n")}
    "help 0") words="${names}" ;;
  esac
  [[ -z $current ]] || words+=" $rare"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  if [[ -n $files ]]; then
    compopt -o filenames
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X '!*.yml' -- "$current"; compgen -f -X '!*.yaml' -- "$current"; compgen -d -- "$current")
  fi
}
complete -F _xcatha xcatha
`;
}
