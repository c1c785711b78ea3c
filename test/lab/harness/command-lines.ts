import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { namespacesOf } from "./removal.js";

/** The command lines of all that runs on a lab's hosts and control machine, as anybody there can read them. */
export function commandLinesIn(labId: string): readonly string[] {
  const namespaces = new Set(namespacesOf(labId).map(inodeOf));
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const namespace = readlinkSync(`/proc/${pid}/ns/net`);
        if (!namespaces.has(namespace)) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        // It ended between the two looks.
        return [];
      }
    });
}

function inodeOf(namespace: string): string {
  return `net:[${statSync(`/run/netns/${namespace}`).ino}]`;
}
