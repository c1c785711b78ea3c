import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { must } from "./command.js";

/** Where a host sees the disk. */
export const LUN_DEVICE = "/dev/xcatha-lun";

/**
 * A disk on a storage network: every host that is attached has a block device of its own for it, with a cache of its
 * own, so that only one of them may mount it at a time.
 */
export class Lun {
  readonly #image: string;

  constructor(image: string) {
    this.#image = image;
  }

  /** Makes the disk with an empty file system, unless it is there, restored from a snapshot. */
  async create(): Promise<void> {
    if (existsSync(this.#image)) return;
    await must(["truncate", "--size=1G", this.#image]);
    await must(["mkfs.ext4", "-q", this.#image]);
  }

  /** Gives one more host a block device for it; returns its path on this machine. */
  async attach(): Promise<string> {
    return (await must(["losetup", "--find", "--show", this.#image])).trim();
  }
}

/** Takes away every block device whose image lies below a directory. */
export function detachLuns(directory: string): void {
  const options = ["--list", "--noheadings", "--raw", "--output", "NAME,BACK-FILE"];
  const lines = execFileSync("losetup", options, { encoding: "utf8" }).split("\n");
  for (const [device = "", image = ""] of lines.map((line) => line.split(" "))) {
    if (image.startsWith(`${directory}/`)) execFileSync("losetup", ["--detach", device]);
  }
}
