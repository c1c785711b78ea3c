import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Result } from "../diagnostic/types.js";
import { journalName } from "./journal.js";
import { awaitTurn, takeAway, tryLock } from "./lock.js";
import { makeFolder, removeIfEmpty } from "./make-folder.js";
import { ownerText } from "./owner.js";
import { isWork, ownerName, workName } from "./work-name.js";

/**
 * Where one run prepares what it writes: a folder inside the output folder, which is also the lock. Whoever takes the
 * lock from a run that seems dead renames that folder: should the run wake up, all that it tries fails, and nothing is
 * mixed.
 */
export class Workplace {
  readonly #id = randomBytes(6).toString("hex");
  readonly #own: string;
  readonly #staged = new Map<string, string>();

  private constructor(
    readonly root: string,
    private readonly made: readonly string[],
  ) {
    this.#own = join(root, workName, this.#id);
  }

  /** Waits for another run's end; makes the output folder if it is missing. Throws the system's error. */
  static open(root: string): Result<Workplace> {
    const place = new Workplace(root, makeFolder(root));
    for (;;) {
      const turn = awaitTurn(root);
      if (!turn.ok) return turn;
      if (place.#enter()) return { ok: true, value: place };
    }
  }

  /** Prepared as a whole, so that there is no lock without an owner. */
  #enter(): boolean {
    const prepared = join(this.root, `${workName}-${this.#id}`);
    const clear = () => rmSync(prepared, { recursive: true, force: true });
    try {
      mkdirSync(prepared);
      // First of all: nothing that is left behind may be committed.
      writeFileSync(join(prepared, ".gitignore"), "*\n");
      mkdirSync(join(prepared, this.#id));
      writeFileSync(join(prepared, this.#id, ownerName), ownerText());
      if (tryLock(prepared, this.root)) return true;
      clear();
      return false;
    } catch (error) {
      clear();
      this.made.forEach(removeIfEmpty);
      throw error;
    }
  }

  #write(name: string, text: string): string {
    const file = join(this.#own, name);
    writeFileSync(file, text, { flag: "wx" });
    return file;
  }

  /**
   * Writes a file that will take a place of the output. Not synced, which for all of them takes most of a run's time:
   * what a power cut leaves empty is known as such.
   */
  stage(path: string, text: string): void {
    this.#staged.set(path, this.#write(String(this.#staged.size), text));
  }

  /** Writes down what is about to be replaced, and makes sure that it is on the disk. */
  note(journal: string): void {
    const file = this.#write(`${journalName}.new`, journal);
    const descriptor = openSync(file, "r");
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(file, join(this.#own, journalName));
  }

  /** Puts a staged file into its place, atomically, whatever file is there. */
  put(path: string): void {
    const staged = this.#staged.get(path);
    if (staged === undefined) throw new Error(`${path} was not staged`);
    const target = join(this.root, path);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(staged, target);
  }

  /** Removes a file of the output, and the directories that this leaves empty. */
  remove(path: string): void {
    renameSync(
      join(this.root, path),
      join(this.#own, `removed-${this.#staged.size}-${basename(path)}`),
    );
    this.removeEmptyParents(path);
  }

  removeEmptyParents(path: string): void {
    for (let parent = dirname(path); parent !== "."; parent = dirname(parent))
      if (!removeIfEmpty(join(this.root, parent))) return;
  }

  /** Whether another run took the lock, since this one had been silent for long. */
  get lost(): boolean {
    return !existsSync(this.#own);
  }

  /** Removes this workplace, and what earlier runs left of theirs. */
  close(): void {
    if (this.lost) return;
    for (const name of readdirSync(this.root).filter((one) => isWork(one) && one !== workName))
      rmSync(join(this.root, name), { recursive: true, force: true });
    this.#leave();
  }

  /** Likewise after nothing was changed: what earlier runs noted is needed still. */
  abandon(): void {
    if (this.lost) return;
    this.#leave();
    this.made.forEach(removeIfEmpty);
  }

  /** After a write that stopped half-way: what was noted stays, for whoever comes next. */
  suspend(): void {
    if (this.lost) return;
    for (const staged of this.#staged.values()) rmSync(staged, { force: true });
    takeAway(join(this.root, workName));
  }

  #leave(): void {
    rmSync(this.#own, { recursive: true, force: true });
    rmSync(join(this.root, workName, ".gitignore"), { force: true });
    removeIfEmpty(join(this.root, workName));
  }
}
