import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("what is left of the pair on a host", () => {
  let host: Sandbox;
  let link: string;
  const leftovers = (...args: readonly string[]) =>
    host.run("leftovers", args, "", {
      D: host.directory,
      XCATHA_RUN: host.path("run"),
      XCATHA_PARTS: host.path("parts.list"),
      XCATHA_ASIDE: host.path("aside"),
    });
  const changes = (text: string) => text.match(/^changed: .*/gm) ?? [];
  const unit = (name: string, state: string) =>
    writeFileSync(host.path(`unit-${name}`), `${state}\n`);

  beforeEach(() => {
    host = new Sandbox({});
    link = host.path("etc/xcat");
    host.configure({
      HOST: "host1",
      SHARED: host.path("HA-data"),
      METHOD: "symlink",
      LINKS: link,
      UNITS: "xcatd nfs-server",
      VIRTUAL_ADDRESS: "10.0.0.9",
      VIRTUAL_HOSTNAME: "xcatmn",
      OWN_HOSTNAME: "host1",
      DATABASE_DIRECTORY: "",
      OUTLAST: "1",
    });
    for (const name of ["run", "etc", `HA-data${link}`])
      mkdirSync(host.path(name), { recursive: true });
    writeFileSync(host.path("parts.list"), "vital xcatd.service 30 runs xcatd\n");
    host.command(
      "systemctl",
      `verb=$1; shift
      case $verb in
        is-active) for one; do cat "$D/unit-$one" 2>/dev/null || echo inactive; done ;;
        stop) for one; do [ -e "$D/hangs" ] || echo inactive > "$D/unit-$one"; done ;;
        kill) shift; echo failed > "$D/unit-$1" ;;
        reset-failed) echo inactive > "$D/unit-$1" ;;
      esac`,
    );
    host.command(
      "ip",
      `case "$*" in
        *show*) [ -e "$D/address" ] && echo "2: eth0 inet 10.0.0.9/24 scope global eth0"; exit 0 ;;
        *del*) rm "$D/address" ;;
      esac`,
    );
  });
  afterEach(() => {
    host[Symbol.dispose]();
  });

  test("is nothing on a host where nothing runs", () => {
    for (const verb of ["serving", "list", "clear"]) expect(leftovers(verb).code, verb).toBe(0);
  });

  // What there is, what is said of it, and whether that serves.
  test.each<[string, () => unknown, RegExp, boolean]>([
    ["a part", () => unit("xcatd.service", "activating"), /^xcatd\.service still runs\.\n$/, true],
    ["an old unit", () => unit("nfs-server", "active"), /^nfs-server still runs\.\n$/, true],
    ["the target", () => unit("xcatha.target", "active"), /^xcatha\.target still runs\.\n$/, true],
    [
      "the virtual IP",
      () => writeFileSync(host.path("address"), ""),
      /^The virtual IP 10\.0\.0\.9\/24 is still on eth0\.\n$/,
      true,
    ],
    [
      "a link",
      () => symlinkSync(host.path(`HA-data${link}`), link),
      /xcat still leads to the shared data\.\n$/,
      false,
    ],
    [
      "an xcatd past systemd",
      () => host.start("xcatd: SSL listener"),
      /^xcatd still runs past systemd: process \d+\.\n$/,
      true,
    ],
    [
      "a process that has the shared data open",
      () => host.start("reader", { cwd: host.path("HA-data") }),
      /^Processes have the shared data open: \d+\.\n$/,
      false,
    ],
  ])("is named, and cleared once: %s", { timeout: 240_000 }, async (_, leave, said, serves) => {
    await leave();
    expect(leftovers("list")).toEqual({ code: 1, stdout: expect.stringMatching(said), stderr: "" });
    expect(leftovers("serving").code).toBe(serves ? 1 : 0);
    expect(changes(leftovers("clear", "--check").stdout).length).toBeGreaterThan(0);
    expect(leftovers("list").code).toBe(1);

    const cleared = leftovers("clear");
    expect([cleared.code, cleared.stderr]).toEqual([0, ""]);
    expect(changes(cleared.stdout).length).toBeGreaterThan(0);
    expect(leftovers("list")).toEqual({ code: 0, stdout: "\n", stderr: "" });
    expect(changes(leftovers("clear").stdout)).toEqual([]);
  });

  test("is the virtual IP of any network", () => {
    host.execute(["sh", "-c", `echo 'VIRTUAL_ADDRESS_2="10.1.0.9"' >> ${host.path("host.conf")}`]);
    host.command(
      "ip",
      `case "$*" in
        *show*10.1.0.9*) [ -e "$D/address" ] && echo "3: ib0 inet 10.1.0.9/16 scope global ib0"; exit 0 ;;
        *del*10.1.0.9/16*ib0*) rm "$D/address" ;;
      esac`,
    );
    writeFileSync(host.path("address"), "");
    expect(leftovers("serving").stdout).toBe("The virtual IP 10.1.0.9/16 is on ib0.\n");
    expect(leftovers("clear")).toMatchObject({
      code: 0,
      stdout: "changed: 10.1.0.9/16 is no longer on ib0\n",
    });
    expect(leftovers("list").code).toBe(0);
  });

  test("is killed where it does not stop, and no longer counts as failed", () => {
    unit("xcatd.service", "active");
    writeFileSync(host.path("hangs"), "");
    const { code, stdout } = leftovers("clear");
    expect([code, changes(stdout)]).toEqual([
      0,
      ["changed: xcatd.service is stopped", "changed: xcatd.service no longer counts as failed"],
    ]);
  });

  test("is told when it cannot be taken away, after all else was tried", () => {
    writeFileSync(host.path("address"), "");
    host.command("ip", 'echo "2: eth0 inet 10.0.0.9/24 scope global eth0"');
    writeFileSync(host.path("run/epoch"), "7\n");
    const { code, stderr } = leftovers("clear");
    expect([code, stderr]).toEqual([1, "The virtual IP 10.0.0.9/24 is still on eth0.\n"]);
    expect(existsSync(host.path("run/epoch"))).toBe(false);
  });
});
