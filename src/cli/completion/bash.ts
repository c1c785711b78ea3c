import type { ProgramSpec } from "../command-spec.js";
import { isFolder, wordsOf } from "./words.js";

/** A script for bash that completes `xcatha`. */
export function bashCompletion({ program, commands }: ProgramSpec): string {
  const cases = commands.map((command) => {
    const options = wordsOf(command.options).join(" ");
    const choices = command.arguments[0]?.choices.join(" ") ?? "";
    return `    ${command.name}) options="${options}" choices="${choices}" files=${command.arguments.some(({ choices: all }) => all.length === 0) ? "yes" : ""} ;;`;
  });
  const folders = commands
    .flatMap(({ options }) => options.filter(isFolder))
    .flatMap(({ names }) => names);
  const free = commands
    .flatMap(({ options }) => options.filter((one) => one.value !== undefined && !isFolder(one)))
    .flatMap(({ names }) => names);
  const names = commands.map(({ name }) => name).join(" ");
  return `# Completion of xcatha for bash: put it into ~/.local/share/bash-completion/completions/xcatha
_xcatha() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  local options="" choices="" files=""
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W "${names} help ${wordsOf(program.options).join(" ")}" -- "$current")
    return
  fi
  case $before in
    ${[...new Set(folders)].join(" | ")})
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return
      ;;
    ${[...new Set(free)].join(" | ")}) return ;;
  esac
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
    help) choices="${names}" ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$current")
  if [[ -n $files ]]; then
    compopt -o filenames
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X '!*.yml' -- "$current"; compgen -f -X '!*.yaml' -- "$current"; compgen -d -- "$current")
  fi
}
complete -F _xcatha xcatha
`;
}
