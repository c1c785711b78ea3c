import { readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlaybookRun } from "./harness/control.js";
import type { Pair } from "./pair.js";

/** Runs one generated role on one host, after the programs that it uses, as a playbook of a user's own would. */
export async function runRole(
  pair: Pair,
  role: string,
  host: string,
  ...args: readonly string[]
): Promise<PlaybookRun> {
  const playbook = `role-${role}.yml`;
  const play = `- hosts: ${host}\n  gather_facts: false\n  roles: [{role: host_kit}, {role: ${role}}]\n`;
  await writeFile(join(pair.directory, playbook), play);
  return pair.run(playbook, ...args);
}

/** Puts another password in the place of the vault's; undefined takes it away. */
export async function setPassword(pair: Pair, password: string | undefined): Promise<void> {
  const file = join(pair.directory, "group_vars/lab/vault.yml");
  if (password === undefined) rmSync(file);
  else await writeFile(file, `---\nxcatha_database_password: ${JSON.stringify(password)}\n`);
}

/** Kills the playbook of this pair that runs now, as a lost terminal or a crashed control machine would. */
export function killPlaybook(pair: Pair): void {
  for (const [pid, words] of commandLines()) {
    const [, program = ""] = words;
    if (!program.endsWith("/ansible-playbook")) continue;
    if (words.some((word) => word.startsWith(join(pair.directory, ".."))))
      process.kill(pid, "SIGKILL");
  }
}

/** The command line of each process on this machine; those on the hosts are among them. */
export function commandLines(): ReadonlyMap<number, readonly string[]> {
  const lines = new Map<number, readonly string[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      lines.set(Number(name), readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0"));
    } catch {
      // It has ended meanwhile.
    }
  }
  return lines;
}
