import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/** A file that is written and synced under a temporary name beside its place. */
export interface Staged {
  readonly path: string;
  /** Takes the place of whatever file is there, atomically. */
  readonly commit: () => void;
  /** Removes what was staged. */
  readonly discard: () => void;
}

/** Directories that were made for the path, deepest first. */
function makeParents(root: string, path: string): readonly string[] {
  const made: string[] = [];
  const parent = dirname(resolve(root, path));
  const first = mkdirSync(parent, { recursive: true });
  if (first === undefined) return made;
  for (let at = parent; at.length >= first.length; at = dirname(at)) made.push(at);
  return made;
}

const removeIfEmpty = (directory: string): boolean => {
  try {
    rmdirSync(directory);
    return true;
  } catch {
    return false;
  }
};

/** Writes text beside its place. Throws the system's error, with nothing left behind. */
export function stage(root: string, path: string, text: string): Staged {
  const made = makeParents(root, path);
  const target = join(root, path);
  const temporary = join(dirname(target), `.${basename(target)}.xcatha-${process.pid}.tmp`);
  const discard = (): void => {
    rmSync(temporary, { force: true });
    for (const directory of made) removeIfEmpty(directory);
  };
  try {
    const descriptor = openSync(temporary, "wx", 0o644);
    try {
      writeFileSync(descriptor, text);
      // Whatever the umask: what is generated is no secret, and a team shares it.
      fchmodSync(descriptor, 0o644);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    discard();
    throw error;
  }
  return { path, commit: () => renameSync(temporary, target), discard };
}

/** Copies a file to a name beside it that nothing has, and returns that name, relative to the root. */
export function saveAside(root: string, path: string): string {
  for (let number = 1; ; number++) {
    const saved = `${path}.xcatha-saved-${number}`;
    try {
      copyFileSync(join(root, path), join(root, saved), constants.COPYFILE_EXCL);
      return saved;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Removes a file, and the directories below the root that this leaves empty. */
export function removeFile(root: string, path: string): void {
  rmSync(join(root, path));
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent))
    if (!removeIfEmpty(join(root, parent))) return;
}
