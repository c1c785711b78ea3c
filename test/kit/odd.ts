import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Outcome, Sandbox } from "./program.js";

/** Mounts a directory so while a command runs. */
export const oddFileSystem = fileURLToPath(new URL("odd_file_system.py", import.meta.url));

/** Why no file system with limits can be mounted here; undefined where it can. */
export const unmountable =
  process.getuid?.() !== 0 || !existsSync("/dev/fuse")
    ? "needs root and /dev/fuse, by which the file system is mounted"
    : undefined;

/**
 * Runs a script of bash while a directory of the sandbox is a file system with limits, which `odd_file_system.py` lists.
 * It is mounted in a namespace of its own, and is gone with the script.
 */
export const withFileSystem = (
  host: Sandbox,
  directory: string,
  limits: readonly string[],
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Outcome =>
  host.execute(
    ["unshare", "--mount", oddFileSystem, directory, ...limits, "--", "bash", "-ec", script],
    "",
    environment,
  );
