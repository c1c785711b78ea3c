import { spawnSync } from "node:child_process";

/** What is waited for on the screen, and the keys that are typed then. */
export type Dialogue = readonly (readonly [shown: string, keys: string])[];

const program = `
import fcntl, json, os, pty, select, struct, sys, termios, time
command, dialogue = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    os.execvp(command[0], command)
seen, deadline = "", time.monotonic() + 50
def read():
    global seen
    ready, _, _ = select.select([fd], [], [], 0.2)
    if not ready:
        return True
    try:
        data = os.read(fd, 65536)
    except OSError:
        return False
    seen += data.decode("utf8", "replace")
    return bool(data)
start = 0
for shown, keys in dialogue:
    while shown not in seen[start:] and time.monotonic() < deadline and read():
        pass
    if shown not in seen[start:]:
        sys.exit(f"{shown} was not shown:\\n{seen}")
    start = len(seen)
    # A key that comes before the prompt listens would be lost.
    time.sleep(0.2)
    os.write(fd, keys.encode())
while time.monotonic() < deadline and read():
    pass
_, status = os.waitpid(pid, 0)
json.dump({"status": os.waitstatus_to_exitcode(status), "seen": seen}, sys.stdout)
`;

/** Runs a command on a terminal of its own: waits for each text to appear, and then types the keys. */
export function typed(
  folder: string,
  command: readonly string[],
  dialogue: Dialogue,
  env: NodeJS.ProcessEnv = process.env,
) {
  const { stdout, stderr } = spawnSync(
    "python3",
    ["-c", program, JSON.stringify([command, dialogue])],
    { cwd: folder, encoding: "utf8", env: { ...env, TERM: "xterm", CI: "" } },
  );
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as { readonly status: number; readonly seen: string };
}
