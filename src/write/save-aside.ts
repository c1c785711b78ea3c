import { constants, copyFileSync } from "node:fs";
import { join } from "node:path";

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
