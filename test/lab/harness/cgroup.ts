import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The hierarchies in which a container's systemd keeps its units, as far as this machine has them. */
function hierarchies(): readonly string[] {
  const candidates = ["", "unified", "systemd"].map((name) => join("/sys/fs/cgroup", name));
  return candidates.filter((directory) => existsSync(join(directory, "cgroup.procs")));
}

/**
 * The beginning of a command line that runs the rest in control groups of its own. Without them all containers of a
 * machine that has no systemd share one: a unit that is stopped on one host would never be seen empty while it runs
 * on the other, and could be killed there.
 */
export function inOwnCgroup(name: string): readonly string[] {
  const script = `for directory in ${hierarchies().join(" ")}; do
    mkdir -p "$directory/$0" && echo $$ >"$directory/$0/cgroup.procs"
  done
  exec "$@"`;
  return ["bash", "-ec", script, name];
}

/** Removes the control groups, empty by now, whose names begin so. */
export function removeCgroups(prefix: string): void {
  for (const directory of hierarchies()) {
    const names = readdirSync(directory).filter((name) => name.startsWith(prefix));
    for (const name of names) {
      const tree = join(directory, name);
      execFileSync("find", [tree, "-depth", "-type", "d", "-exec", "rmdir", "{}", "+"]);
    }
  }
}
