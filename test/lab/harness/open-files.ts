import type { Host } from "./host.js";

/**
 * Looks through /proc for everything that has something of the shared data open, mapped, as its program or as its
 * directory. Asks the mount table which paths show the shared data, so that bind mounts of parts of it count too.
 */
const LOOK = `
import glob, os, sys

shared = sys.argv[1]
mounts = [line.split() for line in open("/proc/self/mountinfo")]
# A disk that is not mounted is used by nobody.
device, top = next(((m[2], m[3]) for m in reversed(mounts) if m[4] == shared), (None, "/"))
paths = [m[4] for m in mounts if m[2] == device and (m[3] + "/").startswith(top.rstrip("/") + "/")]

def is_shared(path):
    return any(path == p or path.startswith(p + "/") for p in paths)

def used_by(process):
    links = [process + "/" + name for name in ("cwd", "root", "exe")] + glob.glob(process + "/fd/*")
    for link in links:
        try:
            yield os.readlink(link)
        except OSError:
            pass
    try:
        for line in open(process + "/maps"):
            yield line.split(None, 5)[5].rstrip("\\n") if line.count("/") else ""
    except OSError:
        pass

for process in glob.glob("/proc/[0-9]*"):
    for path in sorted({path for path in used_by(process) if is_shared(path)}):
        try:
            name = open(process + "/comm").read().strip()
        except OSError:
            continue
        print(process[6:], name, path)
`;

/** A process that uses a file or a directory of the shared data. */
export interface OpenFile {
  readonly pid: number;
  readonly command: string;
  readonly path: string;
}

/** Everything on the host that still uses the shared data. */
export async function openOnSharedData(host: Host): Promise<readonly OpenFile[]> {
  const text = await host.ask(`python3 - '${host.sharedPath}'`, { input: LOOK });
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [, pid = "", command = "", path = ""] = /^(\d+) (\S+) (.*)$/.exec(line) ?? [];
      return { pid: Number(pid), command, path };
    });
}
