import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./harness/command.js";
import type { Lab } from "./harness/lab.js";
import { checkoutDirectory } from "./harness/paths.js";

/** The version that an upgrade brings. */
export const NEWER = "2.19.1";

/** Lets the hosts' repository offer newer packages of xCAT, beside the ones that it has. */
export async function offerNewer(lab: Lab): Promise<void> {
  const repository = join(lab.directory, "repository");
  const folder = join(repository, "newer");
  await mkdir(folder, { recursive: true });
  const real = process.env["XCATHA_LAB_XCAT_NEWER"];
  const fill =
    real === undefined
      ? [join(checkoutDirectory(), "test/lab/xcat/build.sh"), folder, NEWER]
      : ["bash", "-c", 'cp "$0"/*.deb "$1"', real, folder];
  await must(fill);
  // The file is shared with other labs: it is replaced, never written to.
  const list =
    "{ cat Packages; dpkg-scanpackages --multiversion newer 2>/dev/null; } > Packages.new";
  await must(["bash", "-c", `cd "$0" && ${list} && mv Packages.new Packages`, repository]);
}
