import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { must } from "../lab/harness/command.js";
import { type Example, playbooksOf } from "./examples.js";

/**
 * A git checkout that holds copies of examples, each in a folder of its name. ansible-lint finds every file only in
 * a checkout: told `.` elsewhere, it looks at one file and is content.
 */
export class Checkout {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async create(examples: readonly Example[]): Promise<Checkout> {
    const checkout = new Checkout(await mkdtemp(join(tmpdir(), "xcatha-ansible-")));
    for (const { name, directory } of examples) {
      await cp(directory, checkout.folder(name), { recursive: true });
    }
    const kinds = examples.flatMap(({ name, directory }) =>
      playbooksOf(directory).map((playbook) => ({ playbook: `**/${name}/${playbook}` })),
    );
    // ansible-lint 6 takes a playbook that only imports others for any YAML file, unless told.
    await writeFile(join(checkout.directory, ".ansible-lint"), stringify({ kinds }));
    await must(["git", "init", "--quiet", checkout.directory]);
    await must(["git", "-C", checkout.directory, "add", "--all"]);
    return checkout;
  }

  /** Where the copy of an example is. */
  folder(name: string): string {
    return join(this.directory, name);
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }
}
