import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./command.js";
import { type RootName, rootDirectory } from "./paths.js";

/** A host's disk: an overlay over one of the prepared roots, which itself never changes. */
export class Disk {
  readonly #directory: string;
  readonly #root: RootName;
  readonly #size: string | undefined;

  /** With a size, as `400M`, the disk can become full; what it holds is then kept in memory. */
  constructor(directory: string, root: RootName, size?: string) {
    this.#directory = directory;
    this.#root = root;
    this.#size = size;
  }

  /** Where the whole disk is seen. */
  get mountPoint(): string {
    return join(this.#directory, "root");
  }

  /** Where what this host wrote is kept. */
  get upper(): string {
    return join(this.#directory, "upper");
  }

  /** Makes the place for what this host writes. */
  async prepare(): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    if (this.#size === undefined) return;
    await must(["mount", "-t", "tmpfs", "xcatha-lab", "-o", `size=${this.#size}`, this.#directory]);
  }

  /** Mounts the disk, with what an earlier mount wrote, if any. */
  async mount(): Promise<void> {
    const work = join(this.#directory, "work");
    await rm(work, { recursive: true, force: true });
    for (const directory of [this.mountPoint, this.upper, work])
      await mkdir(directory, { recursive: true });
    // volatile: what a process asks to be synced need not reach the real disk, since the lab never outlives the machine.
    const layers = `volatile,lowerdir=${rootDirectory(this.#root)},upperdir=${this.upper},workdir=${work}`;
    await must(["mount", "-t", "overlay", "xcatha-lab", "-o", layers, this.mountPoint]);
  }
}
