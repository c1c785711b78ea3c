import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** What prepare.sh made for hosts to boot from: bare, with the services installed, with EL's layout, or bare and of another system. */
export const hostRoots = [
  "host",
  "services",
  "el9",
  "host-debian11",
  "host-debian13",
  "host-ubuntu24",
] as const;

/** A root that prepare.sh made: for hosts, or Debian 13 for its Ansible. */
export type RootName = (typeof hostRoots)[number] | "lint";

/** Where prepare.sh and the labs keep their files. */
export function labHome(): string {
  return process.env["XCATHA_LAB_DIR"] ?? "/var/tmp/xcatha-lab";
}

/** The directory of a root; fails with the way out when it was not made yet. */
export function rootDirectory(name: RootName): string {
  const directory = join(labHome(), name);
  if (!existsSync(`${directory}.stamp`)) {
    const more = name.startsWith("host-") ? " --flavours" : "";
    throw new Error(`${directory} is not there: run test/lab/prepare.sh${more} first`);
  }
  return directory;
}

/** The repositories, for apt and for dnf, of hosts that boot from this root. */
export function repositoryDirectory(root: RootName): string {
  return join(
    labHome(),
    root.startsWith("host-") ? root.replace("host", "repository") : "repository",
  );
}

/** All that belongs to one lab. */
export function labDirectory(id: string): string {
  return join(labHome(), "labs", id);
}

/** The checkout that this code belongs to, compiled or not. */
export function checkoutDirectory(): string {
  let directory = import.meta.dirname;
  while (!existsSync(join(directory, "package.json"))) directory = dirname(directory);
  return directory;
}
