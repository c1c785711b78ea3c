import type { Host } from "./harness/host.js";

/** Walks a directory by means that the playbooks do not use, and says all that a copy has to keep. */
const WALK = `
import hashlib, os, stat, sys

top = os.fsencode(sys.argv[1])
first = {}

def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()

def describe(path):
    name = os.path.relpath(path, top)
    about = os.lstat(path)
    yield from (name, oct(about.st_mode), about.st_uid, about.st_gid, about.st_mtime_ns)
    for attribute in sorted(os.listxattr(path, follow_symlinks=False)):
        yield attribute, os.getxattr(path, attribute, follow_symlinks=False)
    if stat.S_ISLNK(about.st_mode):
        yield os.readlink(path)
    elif stat.S_ISREG(about.st_mode):
        sparse = about.st_blocks * 512 < about.st_size // 2
        yield from (about.st_size, digest(path), sparse, "same as", first.setdefault(about.st_ino, name))

paths = [top]
for directory, directories, files in os.walk(top):
    paths += [os.path.join(directory, name) for name in directories + files]
for path in sorted(paths):
    print(*map(repr, describe(path)))
`;

/** A line for each thing in the directory: name, type, mode, owner, time, attributes, target, content, hard links. */
export function manifestOf(host: Host, directory: string): Promise<string> {
  return host.ask(`python3 - '${directory}'`, { input: WALK });
}

/** One checksum over the manifest, for a directory with more things in it than a message can show. */
export function manifestSumOf(host: Host, directory: string): Promise<string> {
  return host.ask(`set -o pipefail; python3 - '${directory}' | sha256sum`, { input: WALK });
}
