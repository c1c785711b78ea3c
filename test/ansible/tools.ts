import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CommandResult, run } from "../lab/harness/command.js";
import { checkoutDirectory } from "../lab/harness/paths.js";
import {
  type AnsibleVersion,
  ansibleEnvironment,
  withToolchain,
} from "../lab/harness/toolchain.js";
import { playbooksOf } from "./examples.js";

/** What ansible-lint said about a checkout. */
export interface LintResult extends CommandResult {
  /** Every file that it looked at, with what it took it for. */
  readonly examined: ReadonlyMap<string, string>;
  /** Its findings, one a line: `path:line: rule: words`. */
  readonly findings: readonly string[];
}

/** Runs ansible-lint over a whole checkout, with warnings counted as failures. */
export async function ansibleLint(version: AnsibleVersion, directory: string): Promise<LintResult> {
  const options = ["--profile", "production", "--strict", "--offline", "--nocolor", "-p", "-vv"];
  const result = await runTool(version, directory, ["ansible-lint", ...options]);
  const examined = result.stderr.matchAll(/^DEBUG\s+Examining (\S+) of type (\S+)$/gm);
  return {
    ...result,
    examined: new Map([...examined].map(([, path = "", kind = ""]) => [path, kind])),
    findings: result.stdout.split("\n").filter((line) => /^\S+:\d+/.test(line)),
  };
}

/** Runs ansible-playbook --syntax-check over every playbook of a folder. */
export function syntaxCheck(version: AnsibleVersion, directory: string): Promise<CommandResult> {
  const command = ["ansible-playbook", "--syntax-check", ...playbooksOf(directory)];
  return runTool(version, directory, command);
}

/** Runs yamllint over a folder, by the folder's own rules if it has some. */
export function yamllint(version: AnsibleVersion, directory: string): Promise<CommandResult> {
  const rules = join(checkoutDirectory(), "test/ansible");
  const own = existsSync(join(directory, ".yamllint"));
  const options = ["--strict", ...(own ? [] : ["-c", join(rules, "yamllint.yml")])];
  return runTool(version, directory, ["yamllint", ...options, "."], [rules]);
}

function runTool(
  version: AnsibleVersion,
  directory: string,
  command: readonly string[],
  directories: readonly string[] = [],
): Promise<CommandResult> {
  const env = ansibleEnvironment(`${directory}/.git/home`);
  const placement = { directory, directories };
  return run(withToolchain(version, command, placement), { env, timeoutSeconds: 1800 });
}
