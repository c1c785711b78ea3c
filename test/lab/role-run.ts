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
export const setPassword = (pair: Pair, password: string | undefined): Promise<void> =>
  setVault(
    pair,
    password === undefined ? "" : `xcatha_database_password: ${JSON.stringify(password)}\n`,
  );

/** Puts another text in the place of the vault; an empty one takes it away. */
export async function setVault(pair: Pair, text: string): Promise<void> {
  const file = join(pair.directory, "vault.yml");
  if (text === "") rmSync(file);
  else await writeFile(file, `---\n${text}`);
}

/** Kills the playbook of this pair that runs now, as a lost terminal or a crashed control machine would. */
export function killPlaybook(pair: Pair): void {
  // A worker that was forked meanwhile would wait for ever for a lock that a killed one held.
  for (let pids = playbooksOf(pair); pids.length > 0; pids = playbooksOf(pair)) {
    for (const pid of pids) killIfThere(pid);
  }
}

/** The processes of ansible-playbook that run for this pair, by the ssh configuration that they were given. */
function playbooksOf(pair: Pair): readonly number[] {
  // With its end: another lab's name may begin with this one's.
  const lab = join(pair.directory, "../");
  const isOurs = ([pid, [, program = ""]]: readonly [number, readonly string[]]) =>
    program.endsWith("/ansible-playbook") && environmentOf(pid).includes(lab);
  return [...commandLines()].filter(isOurs).map(([pid]) => pid);
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
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

/** What a process was given as its environment; empty when it has ended. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return "";
  }
}
