import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** A root that prepare.sh made: bare hosts, hosts with the services installed, EL's layout, or Debian 13 for its Ansible. */
export type RootName = "host" | "services" | "el9" | "lint";

/** Where prepare.sh and the labs keep their files. */
export function labHome(): string {
  return process.env["XCATHA_LAB_DIR"] ?? "/var/tmp/xcatha-lab";
}

/** The directory of a root; fails with the way out when it was not made yet. */
export function rootDirectory(name: RootName): string {
  const directory = join(labHome(), name);
  if (!existsSync(`${directory}.stamp`)) {
    throw new Error(`${directory} is not there: run test/lab/prepare.sh first`);
  }
  return directory;
}

/** The packages for the hosts: repositories for apt and for dnf. */
export function repositoryDirectory(): string {
  return join(labHome(), "repository");
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
