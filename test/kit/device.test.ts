import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("a device that only the active host mounts", () => {
  let host: Sandbox;
  const device = (...args: readonly string[]) =>
    host.run("device", args, "", { D: host.directory });
  const mounted = () => existsSync(host.path("mounted"));

  beforeEach(() => {
    host = new Sandbox({});
    host.configure({ SHARED: host.path("HA-data"), DEVICE: "/dev/sdb1" });
    host.command("mountpoint", '[ -e "$D/mounted" ]');
    host.command("findmnt", 'cat "$D/mounted"');
    host.command("mount", 'echo "$1" > "$D/mounted"');
    host.command(
      "umount",
      '[ ! -e "$D/busy" ] || { echo "target is busy" >&2; exit 32; }; rm "$D/mounted"',
    );
  });
  afterEach(() => host[Symbol.dispose]());

  test("is mounted once, its folder made, and unmounted once", () => {
    const folder = host.path("HA-data");
    expect(device("mount")).toEqual({
      code: 0,
      stdout: `changed: mkdir -p ${folder}\nchanged: mount /dev/sdb1 ${folder}\n`,
      stderr: "",
    });
    expect(device("mount")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readFileSync(host.path("mounted"), "utf8")).toBe("/dev/sdb1\n");
    expect(device("unmount").stdout).toBe(`changed: umount ${folder}\n`);
    expect(device("unmount")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each(["mount", "unmount"])("is left as it is when a check asks to %s", (verb) => {
    if (verb === "unmount") device("mount");
    const before = mounted();
    expect(device(verb, "--check").stdout).toMatch(/^changed: /);
    expect(mounted()).toBe(before);
  });

  test("is not taken for another one that is mounted there", () => {
    writeFileSync(host.path("mounted"), "/dev/sdc1\n");
    const { code, stderr } = device("mount");
    expect([code, stderr]).toEqual([
      1,
      `/dev/sdc1 is mounted at ${host.path("HA-data")}, not /dev/sdb1.\n`,
    ]);
  });

  test("that cannot be unmounted is told", () => {
    device("mount");
    writeFileSync(host.path("busy"), "");
    const { code, stderr } = device("unmount");
    expect([code === 0, stderr]).toEqual([false, "target is busy\n"]);
  });

  test("needs to be told what to do", () => {
    expect(device()).toMatchObject({ code: 2, stderr: expect.stringContaining("device mount") });
  });
});
