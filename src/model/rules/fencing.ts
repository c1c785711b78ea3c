import { show } from "../../diagnostic/show.js";
import type { Draft } from "../document.js";
import { hostsOf, type Located, located, type Rule } from "./rule.js";

const commands = (draft: Draft): readonly Located<string>[] =>
  hostsOf(draft).flatMap(({ host, index }) =>
    (["status", "reboot", "off"] as const).flatMap((key) =>
      located(host.fencing?.[key], "hosts", index, "fencing", key),
    ),
  );

/** What a shell would act on. Ansible expands `$` itself, also inside single quotes. */
const operators = "|;&<>`$";

/** Reads a command as Ansible's command module does: words, quotes, backslashes. */
function commandProblem(command: string): string | undefined {
  if (command.trim() === "") return "it is blank";
  let quote = "";
  for (let at = 0; at < command.length; at++) {
    const character = command.charAt(at);
    if (character === "$") return "no shell runs it, which would give `$` a meaning";
    if (character === "\\" && quote !== "'") at++;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (operators.includes(character))
      return `no shell runs it, which would give \`${character}\` a meaning`;
  }
  return quote === "" ? undefined : `its ${quote} is not closed`;
}

/** A pipe that is passed on as a word proves nothing: `echo is on | grep -c off` prints "off". */
export const fencingCommandsArePlain: Rule = function* (draft) {
  for (const { value, path } of commands(draft)) {
    const problem = commandProblem(value);
    if (problem === undefined) continue;
    yield {
      code: "fencing-command-illegal",
      message: `${show(value)} cannot be a fencing command: ${problem}.`,
      why: "Its answer decides whether a host counts as powered off.",
      fix: "write one program and its arguments; what needs a shell goes into a script, which is named here.",
      path,
    };
  }
};

const secrets: readonly RegExp[] = [
  /(^|\s)-P\s*\S/,
  /(^|\s)--?pass(word|wd)?[= ]\s*\S/i,
  /(^|\s)(-u|--user)[= ]?\s*[^\s:]+:\S/,
  /[^\s/:@]+:[^\s/@]+@/,
  /^\S*fence_\S+.*\s-p\s*\S/,
];

export const fencingCommandsHoldNoPassword: Rule = function* (draft) {
  for (const { value, path } of commands(draft)) {
    if (!secrets.some((secret) => secret.test(value))) continue;
    yield {
      code: "fencing-command-secret",
      severity: "warning",
      message: `The fencing command \`${path.at(-1)}\` seems to hold a password.`,
      why: "It is written into the inventory, is committed with it, and shows in the list of processes.",
      fix: "keep the password in a file that the program reads, e.g. `ipmitool -f FILE`.",
      path,
      secret: true,
    };
  }
};
