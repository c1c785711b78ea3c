import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./command.js";
import type { Lab } from "./lab.js";
import { labHome, rootDirectory } from "./paths.js";

/** A stopped lab, saved: its hosts' disks, its shared data and its ssh keys. */
export interface Snapshot {
  readonly directory: string;
  readonly shape: Lab["shape"];
  /** What the root below the disks was built from: they fit no other. */
  readonly rootStamp: string;
}

/** What of a lab's directory makes it what it is. */
function parts(shape: Lab["shape"]): readonly string[] {
  return ["shared", "control/ssh", ...shape.hosts.map((host) => `hosts/${host}/upper`)];
}

/** Saves a lab whose hosts are off. */
export async function saveSnapshot(lab: Lab, name: string): Promise<Snapshot> {
  for (const host of lab.hosts) {
    if (host.isRunning) throw new Error(`${host.name} runs: shut it down before saving the lab`);
  }
  const directory = join(labHome(), "snapshots", name);
  await rm(directory, { recursive: true, force: true });
  await copyParts(lab.shape, lab.directory, directory);
  return { directory, shape: lab.shape, rootStamp: await stampOf(lab.shape) };
}

/** Puts what was saved where a new lab expects its own. */
export async function restoreSnapshot(snapshot: Snapshot, directory: string): Promise<void> {
  if ((await stampOf(snapshot.shape)) !== snapshot.rootStamp) {
    throw new Error(`${snapshot.directory} fits a root that is not there any more`);
  }
  await copyParts(snapshot.shape, snapshot.directory, directory);
}

async function copyParts(shape: Lab["shape"], from: string, to: string): Promise<void> {
  for (const part of parts(shape)) {
    await mkdir(join(to, part), { recursive: true });
    await must(["cp", "--archive", "--reflink=auto", `${from}/${part}/.`, `${to}/${part}`], {
      timeoutSeconds: 600,
    });
  }
}

async function stampOf(shape: Lab["shape"]): Promise<string> {
  return readFile(`${rootDirectory(shape.root)}.stamp`, "utf8");
}
