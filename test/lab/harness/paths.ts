import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
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

/** The folder of xCAT's own packages that the hosts install in place of the stand-in, if there is one. */
export const REAL_XCAT = process.env["XCATHA_LAB_XCAT"];

/** The repositories, for apt and for dnf, of hosts that boot from this root. */
export function repositoryDirectory(root: RootName): string {
  return join(labHome(), repositoryName(root));
}

function repositoryName(root: RootName): string {
  if (REAL_XCAT === undefined) {
    return root.startsWith("host-") ? root.replace("host", "repository") : "repository";
  }
  if (root !== "host" && root !== "services") {
    throw new Error(`hosts of the root ${root} run on the stand-in for xCAT alone`);
  }
  const name = `repository-${contentOf(REAL_XCAT)}`;
  if (!existsSync(join(labHome(), `${name}.stamp`))) {
    throw new Error(`${name} is not there: run test/lab/prepare.sh with XCATHA_LAB_XCAT first`);
  }
  return name;
}

/** A name for what is in a folder of packages, as prepare.sh makes it by sha256sum. */
function contentOf(folder: string): string {
  const sumOf = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
  const names = readdirSync(folder).filter((name) => name.endsWith(".deb"));
  const lines = names
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((name) => `${sumOf(readFileSync(join(folder, name)))}  ${name}\n`);
  return sumOf(lines.join("")).slice(0, 12);
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
