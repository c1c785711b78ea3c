import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { unmountable, withFileSystem } from "./odd.js";
import { Sandbox } from "./program.js";

let host: Sandbox;
const shared = () => host.path("HA-data");
const records = () => `${shared()}/.xcatha/owner`;
const environment = () => ({
  XCATHA_RUN: host.path("run"),
  PYTHONPATH: host.program,
  owner: `${host.program}/owner`,
  cut: host.path("cut.py"),
  records: records(),
});
const on = (limits: readonly string[], script: string) =>
  withFileSystem(host, shared(), limits, script, environment());

beforeEach(() => {
  host = new Sandbox({});
  host.configure({ HOST: "host1", PAIR: "hamn", SHARED: shared(), OUTLAST: "0" });
  host.command("systemctl", "exit 3");
  mkdirSync(records(), { recursive: true });
});
afterEach(() => host[Symbol.dispose]());

describe("the owner record on a file system with", () => {
  beforeEach(({ skip }) => skip(unmountable !== undefined, unmountable));

  test.each([
    ["every kind of link", []],
    ["no hard links", ["link=EPERM"]],
    ["none to anywhere", ["link=EXDEV"]],
    ["hard links inside one directory alone (BeeGFS 7)", ["link=apart"]],
    ["hard links that are not supported", ["link=EOPNOTSUPP"]],
    ["as many of them as there may be", ["link=EMLINK"]],
    ["symbolic ones in place of hard ones (BeeGFS)", ["link=symbolic"]],
    ["hard links that are not counted", ["link=unseen"]],
    ["answers that are lost, so that it is asked twice (NFS)", ["link=twice"]],
    ["inode numbers that change", ["inodes=change"]],
  ])("%s: is taken once, and is a whole file", (_, limits) => {
    const { code, stdout, stderr } = on(
      limits,
      `"$owner" mark; "$owner" take 0; "$owner" show; "$owner" check; "$owner" take 0 && exit 9
      "$owner" take 1; "$owner" show; head -1 "$records/../pair"; cd "$records"; find . -type f | sort; find . ! -type f`,
    );
    expect(stderr).toMatch(
      /^The owner record is at epoch 1 now, of host1, no longer at 0: [^\n]+\n$/,
    );
    expect([code, stdout.split("\n").filter((line) => !line.startsWith("changed:"))]).toEqual([
      0,
      [
        "0000000001 host1",
        "0000000002 host1",
        "pair: hamn",
        ...["./0000000000", "./0000000001", "./0000000002", ".", ""],
      ],
    ]);
  });

  test("no links at all is told in the system's words, and not as another run", () => {
    const { code, stderr } = on(["link=EPERM", "symlink=EOPNOTSUPP"], `"$owner" mark`);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The owner record cannot be written in \S+: no hard link \(Operation not permitted\) and no symbolic link \(Operation not supported\) can be made\.\n$/,
    );
  });

  // Ends the program, as a crash would, at its Nth act on a file below the record.
  const CUT = `
import os, sys
left = int(sys.argv.pop(1))
def cut(act):
    def acting(*given, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return act(*given, **named)
    return acting
for name in ("fdopen", "fsync", "link", "symlink", "rename", "unlink"):
    setattr(os, name, cut(getattr(os, name)))
sys.argv.pop(0)
exec(compile(open(sys.argv[0]).read(), sys.argv[0], "exec"))
`;

  test.each([
    ["hard links", []],
    ["symbolic links alone", ["link=EPERM"]],
    ["symbolic links in place of hard ones", ["link=symbolic"]],
  ])("%s: cut off at any moment, it is the older record or the whole new one", (_, limits) => {
    writeFileSync(host.path("cut.py"), CUT);
    const { code, stdout, stderr } = on(
      limits,
      `"$owner" mark > /dev/null; last=0; acts=0
      until python3 -B "$cut" "$acts" "$owner" take "$last" > /dev/null; do
        [ "$acts" -lt 30 ]; "$owner" show; last=$("$owner" show | cut -d' ' -f1); acts=$((acts + 1))
      done; "$owner" show; "$owner" check`,
    );
    // Nothing damaged was ever seen.
    expect([code, stderr]).toEqual([0, ""]);
    const shown = stdout.trimEnd().split("\n");
    expect(shown.length).toBeGreaterThan(4);
    expect(shown[0]).toBe("0000000000 none");
    for (const line of shown.slice(1)) expect(line).toMatch(/^0000000000 none$|^\d{10} host1$/);
    expect(shown).toEqual(shown.toSorted());
  });
});

describe("the owner record", () => {
  const write = (epoch: number, name: string) =>
    writeFileSync(`${records()}/000000000${epoch}`, `host: ${name}\n`);
  const owner = (...args: readonly string[]) => host.run("owner", args, "", environment());

  test("is not published over one that came after the look by which it was decided", () => {
    write(0, "none");
    const { code, stderr } = host.execute(
      [
        ...["python3", "-B", "-c"],
        `import kit, record
settings = kit.settings()
known = record.names(settings)
open(record.folder(settings) + "/0000000001", "w").write("host: host2\\n")
kit.main(lambda: record.publish(settings, "host1", known))`,
      ],
      "",
      environment(),
    );
    expect([code, stderr]).toEqual([
      1,
      "Another run wrote epoch 1 of the owner record at the same moment. Nothing was changed.\n",
    ]);
    expect(readdirSync(records())).toEqual(["0000000000", "0000000001"]);
    expect(readFileSync(`${records()}/0000000001`, "utf8")).toBe("host: host2\n");
  });

  test("that is a link to its text counts; one that leads nowhere is damaged, and can be mended", () => {
    write(0, "none");
    writeFileSync(`${records()}/.draft-cut-off`, "host: host1\n");
    symlinkSync(".draft-cut-off", `${records()}/0000000001`);
    expect(owner("show")).toEqual({ code: 0, stdout: "0000000001 host1\n", stderr: "" });
    symlinkSync(".draft-gone", `${records()}/0000000002`);
    const { stdout, stderr } = owner("show");
    expect(stdout).toBe("0000000001 host1\n");
    expect(stderr).toContain("The owner record 0000000002 is damaged and does not count.");
    expect(owner("mend").stdout).toContain("changed: 0000000002 is ");
    expect(owner("show").stderr).toBe("");
  });

  test.each([
    ["the shared path is no directory", (path: string) => writeFileSync(path, "")],
    [
      "a file has the record's name",
      (path: string) => {
        mkdirSync(`${path}/.xcatha`, { recursive: true });
        writeFileSync(`${path}/.xcatha/owner`, "");
      },
    ],
  ])("cannot be made where %s, which is told", (_, make) => {
    host.execute(["rm", "-r", shared()]);
    make(shared());
    const { code, stderr } = owner("mark");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^\S+HA-data cannot be marked as the pair's: \S+: (Not a directory|File exists)\. Nothing was stopped\.\n$/,
    );
  });
});
