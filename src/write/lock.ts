import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../diagnostic/types.js";
import { wait } from "../wait.js";
import { isAlive, type Owner, parseOwner } from "./owner.js";
import { patience } from "./patience.js";
import { ownerName, workName } from "./work-name.js";

/** What can be seen of the run that holds the lock. */
interface Holder {
  readonly owner: Owner | undefined;
  /** Changes while the run works. */
  readonly trace: string;
}

function look(work: string): Holder | undefined {
  try {
    const trace = [lstatSync(work).ino];
    let owner: Owner | undefined;
    for (const run of readdirSync(work, { withFileTypes: true })) {
      if (!run.isDirectory()) continue;
      trace.push(lstatSync(join(work, run.name)).mtimeMs, readdirSync(join(work, run.name)).length);
      owner = parseOwner(readFileSync(join(work, run.name, ownerName), "utf8"));
    }
    return { owner, trace: trace.join(" ") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return lstatSync(work, { throwIfNoEntry: false }) && { owner: undefined, trace: "" };
  }
}

const busy = (root: string, owner: Owner | undefined): Result<never> => ({
  ok: false,
  diagnostics: [
    {
      code: "output-busy",
      message: `Another run of xcatha${owner ? `, process ${owner.pid},` : ""} is writing into this folder.`,
      fix: "wait for its end, then run the same command again.",
      file: root,
    },
  ],
});

const inTheWay = (root: string): Result<never> => ({
  ok: false,
  diagnostics: [
    {
      code: "output-not-a-file",
      message: "This is not a directory, and xcatha prepares its files in one of that name.",
      fix: "move it away.",
      file: join(root, workName),
    },
  ],
});

/** Waits until the folder that is the lock is not there; takes it away from a run that died. */
export function awaitTurn(root: string): Result<true> {
  const work = join(root, workName);
  const begin = Date.now();
  let silentSince = begin;
  let last: string | undefined;
  for (;;) {
    const status = lstatSync(work, { throwIfNoEntry: false });
    if (status?.isDirectory() === false) return inTheWay(root);
    const holder = status && look(work);
    if (holder === undefined) return { ok: true, value: true };
    if (holder.trace !== last) silentSince = Date.now();
    last = holder.trace;
    const alive = holder.owner && isAlive(holder.owner);
    if (alive === false || (alive === undefined && Date.now() - silentSince > patience.silent))
      takeAway(work);
    else if (Date.now() - begin > patience.alive) return busy(root, holder.owner);
    else wait(patience.step);
  }
}

const taken = ["ENOTEMPTY", "EEXIST", "ENOENT"];

/** Makes a folder the lock, as it is, if nobody has it; tells whether it is. */
export function tryLock(prepared: string, root: string): boolean {
  try {
    renameSync(prepared, join(root, workName));
    return true;
  } catch (error) {
    if (taken.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

/** What the dead run noted stays, under a name of its own, until a run has come to its end. */
export function takeAway(work: string): void {
  try {
    renameSync(work, `${work}-${randomBytes(4).toString("hex")}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
