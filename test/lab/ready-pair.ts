import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { expect } from "vitest";
import { defineNode, xcat } from "./earlier.js";
import { poll } from "./harness/command.js";
import { PLAYBOOK_SECONDS, type PlaybookRun } from "./harness/control.js";
import { isPortOpen, ownersOf, postgresRows, resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, Lab, type LabOptions } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { labHome, repositoryDirectory, rootDirectory } from "./harness/paths.js";
import { identify, isAlive, type ProcessIdentity } from "./harness/process-identity.js";
import { type Snapshot, saveSnapshot } from "./harness/snapshot.js";
import { modelOf, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { activeState, standbyState, stateOf } from "./pair-state.js";

const ROOT = "services";

/** Short enough for a test to wait for, long enough for two labs on two cores. */
const TIMEOUTS = { connect: 5, start: 60, stop: 10, database: 20, xcatd: 45, fence: 45 };

/** What a scenario changes in the pair's model. */
interface ModelChanges {
  readonly hosts?: readonly unknown[];
  readonly console?: "conserver" | "none";
  readonly dhcp?: "isc";
  readonly backup?: { readonly path: string; readonly keep: number };
}

const yaml = (changes: Readonly<Record<string, unknown>>) =>
  Object.entries(changes).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);

function readyModel(lab: Lab, { hosts, ...changes }: ModelChanges): string {
  const model = modelOf(lab, yaml({ timeouts: TIMEOUTS, ...changes }).join(""));
  if (hosts === undefined) return model;
  return model.replace(/^hosts:\n(?: .*\n)*/m, () => `hosts: ${JSON.stringify(hosts)}\n`);
}

/** A pair that was set up on PostgreSQL, with one node, started from a snapshot: both hosts run, none is active. */
export class ReadyPair {
  readonly host1: Host;
  readonly host2: Host;

  private constructor(
    readonly lab: Lab,
    readonly pair: Pair,
  ) {
    this.host1 = lab.host("host1");
    this.host2 = lab.host("host2");
  }

  /** Boots the pair in a lab of that name, which ends by what is given to `atEnd`. */
  static async boot(
    id: string,
    atEnd: (end: () => void) => void,
    { diskSizes = {}, ...model }: Pick<LabOptions, "diskSizes"> & ModelChanges = {},
  ): Promise<ReadyPair> {
    const lab = await createLab({ id, diskSizes, snapshot: await readySnapshot() });
    atEnd(() => lab.destroy());
    const pair = new Pair(lab, "2.14");
    await pair.generate(readyModel(lab, model));
    return new ReadyPair(lab, pair);
  }

  /** Boots the pair and makes host1 active. */
  static async start(...args: Parameters<typeof ReadyPair.boot>): Promise<ReadyPair> {
    const ready = await ReadyPair.boot(...args);
    await ready.play("activate.yml", "--limit", "host1");
    return ready;
  }

  /** Runs a playbook that has to succeed. */
  async play(playbook: string, ...args: readonly string[]): Promise<PlaybookRun> {
    const run = await this.pair.run(playbook, ...args);
    expect(run.code, tailOf(run)).toBe(0);
    return run;
  }

  /** Runs a playbook that has to fail; gives all that it printed, on one line. */
  async refused(playbook: string, ...args: readonly string[]): Promise<string> {
    const run = await this.pair.run(playbook, ...args);
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout, tailOf(run)).not.toContain("Traceback");
    return saidBy(run);
  }

  /** What the owner record says: the holder, and the epoch, which only grows. */
  owner(): { readonly holder: string; readonly epoch: number } {
    const directory = join(this.lab.sharedDirectory, ".xcatha/owner");
    const last = readdirSync(directory).sort().at(-1) ?? "";
    const text = readFileSync(join(directory, last), "utf8");
    return { holder: /^host: (.*)$/m.exec(text)?.[1] ?? "", epoch: Number(last) };
  }

  /** The host serves everything on the virtual IP, and the node is there, past xCAT and through it. */
  async expectServes(active: Host): Promise<void> {
    expect(await stateOf(active)).toEqual(activeState(active));
    expect(await ownersOf(this.lab)).toEqual([active.name]);
    expect(this.owner().holder).toBe(active.name);
    for (const port of [53, 80, 3001, 5432]) {
      expect(await isPortOpen(this.lab, ADDRESSES.virtual, port), String(port)).toBe(true);
    }
    const answer = await resolve(this.lab, ADDRESSES.virtual, VIRTUAL_HOSTNAME);
    expect(answer).toEqual([ADDRESSES.virtual]);
    expect(await xcat(active, "nodels")).toBe("cn1");
    expect(await postgresRows(active, "SELECT node FROM nodelist")).toEqual(["cn1"]);
  }

  /** Nothing of the pair is left on the host, on its own evidence. */
  async expectClean(host: Host): Promise<void> {
    expect(await stateOf(host)).toEqual(standbyState(host));
  }

  /** One host serves, the other is clean. */
  async expectPair(active: Host, standby: Host): Promise<void> {
    await this.expectServes(active);
    await this.expectClean(standby);
  }
}

/** What a run printed, with Ansible's line breaks, indentation and doubled quotes taken out. */
export function saidBy(run: PlaybookRun): string {
  return `${run.stdout}${run.stderr}`.replace(/\\n|\s+/g, " ").replaceAll("''", "'");
}

/** The snapshot, made if it is not there yet for what the compiler and the stand-in are now. */
async function readySnapshot(): Promise<Snapshot> {
  known ??= fingerprint();
  const name = `ready-${await known}`;
  const directory = join(labHome(), "snapshots", name);
  const [note, lock] = [`${directory}.json`, `${directory}.making`];
  await mkdir(join(labHome(), "snapshots"), { recursive: true });
  return poll("a snapshot of a pair that was set up", PLAYBOOK_SECONDS, async () => {
    if (existsSync(note) && existsSync(directory))
      return JSON.parse(readFileSync(note, "utf8")) as Snapshot;
    // Another test's process may be making it.
    if (making === undefined && takeLock(lock))
      making = makeSnapshot(name, note).finally(() => {
        making = undefined;
        rmSync(lock);
      });
    return making;
  });
}

let known: Promise<string> | undefined;
let making: Promise<Snapshot> | undefined;

/** Whether this process is the one that may go on; the lock of a process that has ended is taken away. */
function takeLock(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify(identify(process.pid)), { flag: "wx" });
    return true;
  } catch {
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    if (text !== "" && !isAlive(JSON.parse(text) as ProcessIdentity)) rmSync(path, { force: true });
    return false;
  }
}

async function makeSnapshot(name: string, note: string): Promise<Snapshot> {
  const lab = await createLab({ id: name, root: ROOT });
  try {
    const pair = new Pair(lab, "2.14");
    await pair.generate(readyModel(lab, {}), { whole: true });
    const run = await pair.run("setup.yml");
    if (run.code !== 0) throw new Error(tailOf(run));
    await defineNode(lab.host("host1"), "cn1", "10.77.0.51");
    await Promise.all(lab.hosts.map((host) => host.shutDown()));
    await forgetOld(join(labHome(), "snapshots"));
    const snapshot = await saveSnapshot(lab, name);
    await writeFile(note, JSON.stringify(snapshot));
    return snapshot;
  } finally {
    lab.destroy();
  }
}

/** Deletes the snapshots that nobody made today: another checkout's tests may use a younger one right now. */
async function forgetOld(snapshots: string): Promise<void> {
  const names = existsSync(snapshots) ? readdirSync(snapshots) : [];
  for (const path of names.map((name) => join(snapshots, name))) {
    const age = Date.now() - statSync(path).mtimeMs;
    if (age > 24 * 3600 * 1000) await rm(path, { recursive: true, force: true });
  }
}

/** What a set-up pair is made from: all that is generated for it, the stand-in for xCAT and the hosts' root. */
async function fingerprint(): Promise<string> {
  const lab = new Lab({ id: `ready-${process.pid}`, root: ROOT });
  const pair = new Pair(lab, "2.14");
  try {
    await pair.compile(readyModel(lab, {}));
    const hash = createHash("sha256");
    for (const stamp of [rootDirectory(ROOT), repositoryDirectory(ROOT)]) {
      hash.update(readFileSync(`${stamp}.stamp`));
    }
    const files = readdirSync(pair.directory, { recursive: true, withFileTypes: true });
    const paths = files.filter((file) => file.isFile() && file.name.endsWith(".yml"));
    for (const path of paths.map((file) => join(file.parentPath, file.name)).sort()) {
      hash.update(relative(pair.directory, path)).update(readFileSync(path));
    }
    return hash.digest("hex").slice(0, 12);
  } finally {
    await rm(lab.directory, { recursive: true, force: true });
  }
}
