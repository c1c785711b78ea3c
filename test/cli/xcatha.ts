import { execFile, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "dist/cli/bin.js");
/** What the build writes last. */
const built = join(root, "dist/model/schema.json");

/** The newest change below a folder, in milliseconds since the epoch. */
const newest = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .filter((status) => status.isFile())
    .reduce((time, status) => Math.max(time, status.mtimeMs), 0);

/** These tests run what was built: stale code must not pass them. */
export function assertBuilt(): void {
  const sources = ["src", "templates", "build"].map((folder) => newest(join(root, folder)));
  if (!existsSync(built) || Math.max(...sources) > statSync(built).mtimeMs)
    throw new Error(
      "dist/ is older than its sources: run `npm run build`, or `npm test`, which does",
    );
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Root reads every file whatever its mode, unless it gives up the capabilities that let it. Then it is bound by modes
 * like everybody.
 */
const bound =
  process.getuid?.() === 0
    ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
    : [];

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly boundByModes?: boolean;
}

function prepare(folder: string, words: readonly string[], { env, boundByModes }: Options) {
  const [command = "", ...rest] = [...(boundByModes ? bound : []), process.execPath, bin, ...words];
  const { PATH = "" } = process.env;
  const settings = {
    cwd: folder,
    encoding: "utf8",
    env: { PATH, ...env },
    timeout: 30_000,
  } as const;
  return { command, rest, settings };
}

/** Runs the real command line, colour off, not on a terminal. */
export function xcatha(folder: string, words: readonly string[], options: Options = {}): Run {
  const { command, rest, settings } = prepare(folder, words, options);
  const { status, stdout, stderr, error } = spawnSync(command, rest, settings);
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Likewise, beside others. */
export function xcathaBeside(
  folder: string,
  words: readonly string[],
  options: Options = {},
): Promise<Run> {
  const { command, rest, settings } = prepare(folder, words, options);
  return new Promise((done, fail) => {
    const child = execFile(command, rest, settings, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") fail(error);
      else done({ status: child.exitCode, stdout, stderr });
    });
  });
}
