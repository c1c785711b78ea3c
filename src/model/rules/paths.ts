import { posix } from "node:path";
import { isWithin } from "../directories.js";

/** Trees of the system: nothing in them may be shared or hidden by a mount. */
const systemTrees = [
  "/bin",
  "/boot",
  "/dev",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/lost+found",
  "/proc",
  "/run",
  "/sbin",
  "/sys",
  "/tmp",
  "/var/run",
  "/var/tmp",
  "/opt/xcat",
  "/etc/systemd",
  "/etc/ssh",
  "/root/.ssh",
  "/usr/bin",
  "/usr/lib",
  "/usr/lib64",
  "/usr/sbin",
];

/** Directories that hold other programs' data beside what may be shared in them. */
const systemDirectories = [
  "/",
  "/etc",
  "/home",
  "/media",
  "/opt",
  "/root",
  "/srv",
  "/usr",
  "/usr/local",
  "/usr/share",
  "/var",
  "/var/cache",
  "/var/lib",
  "/var/log",
  "/var/spool",
];

/** Why a path is not one that can be written down; undefined if it can. */
export function pathProblem(path: string): string | undefined {
  if (!path.startsWith("/")) return "it does not begin with `/`";
  if (!/^[A-Za-z0-9/._+@-]+$/.test(path))
    return "only letters, digits and any of / . _ + @ - may stand in it";
  if (path !== "/" && (posix.normalize(path) !== path || path.endsWith("/")))
    return "it holds `//`, `.` or `..`, or ends with `/`";
  return path.length > 255 ? "it is longer than 255 characters" : undefined;
}

/** The system directory that a path is, or the system's tree that it is in; undefined if neither. */
export const systemDirectoryOf = (path: string): string | undefined =>
  systemDirectories.find((directory) => path === directory) ??
  systemTrees.find((tree) => isWithin(path, tree));

/** A normalised absolute path and all above it, the root last. */
export function ancestry(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === path ? [path] : [path, ...ancestry(parent)];
}

/** Whether one of two directories is the other or holds it. */
export const overlap = (one: string, other: string): boolean =>
  isWithin(one, other) || isWithin(other, one);
