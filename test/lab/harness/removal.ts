import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { removeCgroups } from "./cgroup.js";
import { detachLuns } from "./lun.js";
import { namespacePrefix } from "./network.js";
import { labDirectory } from "./paths.js";
import { identify, isAlive, type ProcessIdentity, signal } from "./process-identity.js";
import { LabRecord } from "./record.js";

/**
 * Ends a lab, whoever made it and however far it came: its processes, mounts, disks, namespaces, control groups and
 * files. Synchronous, so that it can be the last thing that a process does.
 */
export function removeLab(id: string): void {
  const namespaces = namespacesOf(id);
  endProcesses([
    ...namespaces.flatMap(processesIn),
    ...new LabRecord(labDirectory(id)).supervisors(),
  ]);
  for (const mount of mountsBelow(labDirectory(id))) execFileSync("umount", [mount]);
  detachLuns(labDirectory(id));
  for (const namespace of namespaces) execFileSync("ip", ["netns", "delete", namespace]);
  removeCgroups(namespacePrefix(id));
  rmSync(labDirectory(id), { recursive: true, force: true });
}

/** The namespaces that belong to a lab: they bear its name. */
export function namespacesOf(id: string): readonly string[] {
  if (!existsSync("/run/netns")) return [];
  return readdirSync("/run/netns").filter((name) => name.startsWith(namespacePrefix(id)));
}

/** The mounts below a directory, the deepest first. */
export function mountsBelow(directory: string): readonly string[] {
  const lines = readFileSync("/proc/self/mounts", "utf8").split("\n");
  const mounts = lines.map((line) => line.split(" ")[1] ?? "");
  return mounts.filter((mount) => mount.startsWith(`${directory}/`)).reverse();
}

/** Whatever runs on a lab's network was started by the lab. */
function processesIn(namespace: string): readonly ProcessIdentity[] {
  const pids = execFileSync("ip", ["netns", "pids", namespace], { encoding: "utf8" });
  return pids
    .split("\n")
    .filter(Boolean)
    .map((pid) => identify(Number(pid)))
    .filter((identity) => identity !== undefined);
}

/** Kills processes and waits for their end. A supervisor goes by itself once its container is gone. */
function endProcesses(processes: readonly ProcessIdentity[]): void {
  for (const identity of processes) signal(identity, "SIGKILL");
  const end = Date.now() + 20_000;
  while (processes.some(isAlive)) {
    if (Date.now() > end)
      throw new Error(`still running: ${processes.filter(isAlive).map((p) => p.pid)}`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}
