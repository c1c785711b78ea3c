import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { programsFolder, Sandbox } from "./program.js";

describe("the owner record", () => {
  let host: Sandbox;
  const records = () => host.path("HA-data/.xcatha/owner");
  const write = (epoch: number, text: string) =>
    writeFileSync(join(records(), String(epoch).padStart(10, "0")), text);
  const owner = (...args: readonly string[]) =>
    host.run("owner", args, "", { XCATHA_RUN: host.path("run") });
  const as = (name: string) =>
    host.configure({ HOST: name, PAIR: "hamn", SHARED: host.path("HA-data"), OUTLAST: "0" });
  const handed = () => readFileSync(host.path("run/epoch"), "utf8").trim();

  beforeEach(() => {
    host = new Sandbox({});
    as("host1");
    mkdirSync(records(), { recursive: true });
    write(0, "host: none\n");
    host.command("systemctl", "exit 3");
    host.command("leftovers", "exit 0");
  });
  afterEach(() => host[Symbol.dispose]());

  test("is taken under the next epoch, which is handed to the host", () => {
    expect(owner("take", "0").code).toBe(0);
    expect(owner("show").stdout).toBe("0000000001 host1\n");
    expect(handed()).toBe("1");
    expect(owner("check")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is given back when its epoch cannot be handed to the host", () => {
    writeFileSync(host.path("run"), "no folder");
    const { code, stderr } = owner("take", "0");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The epoch cannot be handed to this host: .*run: File exists\. The owner record was given back\.\n$/,
    );
    expect(owner("show").stdout).toBe("0000000002 none\n");
  });

  test("is taken anew by the host that had it last: each activation is a new epoch", () => {
    owner("take", "0");
    expect(owner("take", "1").code).toBe(0);
    expect(owner("show").stdout).toBe("0000000002 host1\n");
  });

  // A control machine that slept after it had read the record.
  test.each([
    ["another host took it", ["host2"]],
    ["another host took it and gave it back", ["host2", "none"]],
    ["this host took it and gave it back", ["host1", "none"]],
  ])("is not taken after an older epoch: %s", (_, since) => {
    for (const [index, name] of since.entries()) write(index + 1, `host: ${name}\n`);
    const { code, stderr } = owner("take", "0", "host2");
    expect(code).toBe(1);
    expect(stderr).toMatch(/no longer at 0: another run changed it\. Nothing was changed\.\n$/);
    expect(readdirSync(records())).toHaveLength(since.length + 1);
    expect(existsSync(host.path("run/epoch"))).toBe(false);
  });

  test("of the peer is taken only where the peer is named", () => {
    write(1, "host: host2\n");
    expect(owner("take", "1").stderr).toBe("The pair belongs to host2. Nothing was changed.\n");
    expect(owner("take", "1", "host2").code).toBe(0);
  });

  test("is not taken by a host that is active: its own watch would stop it", () => {
    host.command("systemctl", "exit 0");
    expect(owner("take", "0").stderr).toBe("host1 is active already. Nothing was changed.\n");
  });

  test("goes to one of two that take the same epoch at once", async () => {
    const run = async (name: string) => {
      const settings = host.path(`${name}.conf`);
      writeFileSync(settings, `HOST=${name}\nPAIR=hamn\nSHARED=${host.path("HA-data")}\n`);
      const child = spawn(join(programsFolder, "owner"), ["take", "0"], {
        env: {
          ...process.env,
          PATH: `${host.path("bin")}:${process.env["PATH"]}`,
          XCATHA_CONF: settings,
          XCATHA_RUN: host.path(`run-${name}`),
        },
        stdio: "ignore",
      });
      const [code] = (await once(child, "exit")) as [number];
      return code;
    };
    const codes = await Promise.all(["host1", "host2"].map(run));
    expect(codes.toSorted()).toEqual([0, 1]);
    expect(readdirSync(records()).toSorted()).toEqual(["0000000000", "0000000001"]);
  });

  test.each([
    ["without an epoch", () => undefined, /host1 was not activated since it booted/],
    ["with an older epoch", () => write(2, "host: host1\n"), /was handed epoch 1/],
    ["when another has it", () => write(2, "host: host2\n"), /belongs to host2 since epoch 2/],
  ])("refuses the start %s", (name, change, said) => {
    if (name !== "without an epoch") owner("take", "0");
    change();
    const { code, stderr } = owner("check");
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
  });

  test.each([
    ["empty", ""],
    ["half written", "host: ho"],
    ["something else", "\0\0\0\0"],
  ])("that is %s does not count, is told, and can be mended", (_, text) => {
    owner("take", "0");
    write(2, text);
    const shown = owner("show");
    expect(shown.stdout).toBe("0000000001 host1\n");
    expect(shown.stderr).toContain("The owner record 0000000002 is damaged and does not count.");
    expect(owner("check").code).toBe(0);
    expect(owner("take", "1").code).toBe(0);
    expect(owner("show").stdout).toBe("0000000003 host1\n");
    write(4, text);
    expect(owner("mend").code).toBe(0);
    expect(owner("show")).toEqual({ code: 0, stdout: "0000000003 host1\n", stderr: "" });
    expect(readdirSync(host.path("HA-data/.xcatha")).join(" ")).toContain(
      "damaged-owner-0000000004",
    );
  });

  test("survives a shared file system that is full: no empty record is left", () => {
    const { code, stdout } = host.execute(
      [
        "unshare",
        "--mount",
        "bash",
        "-c",
        `mount -t tmpfs -o size=64k full "$1" && echo 'host: none' > "$1/0000000000" &&
        { dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null; "$2" take 0; code=$?; rm "$1/fill"; ls -A "$1"; "$2" take 0 && "$2" show; exit $code; }`,
        "-",
        records(),
        join(programsFolder, "owner"),
      ],
      "",
      { XCATHA_RUN: host.path("run") },
    );
    expect(code).toBe(1);
    expect(stdout.trim().split("\n").at(-1)).toBe("0000000001 host1");
    expect(stdout).toMatch(/^changed: .*\n0000000000\nchanged/);
  });

  test("is watched: a younger epoch ends the watch, an older or a lost record does not", async () => {
    owner("take", "0");
    const watch = spawn(join(programsFolder, "owner"), ["watch"], {
      env: { ...process.env, XCATHA_CONF: host.path("host.conf"), XCATHA_RUN: host.path("run") },
      stdio: "ignore",
    });
    const ended = once(watch, "exit");
    host.execute(["mv", records(), `${records()}.away`]);
    const first = await Promise.race([ended, new Promise((done) => setTimeout(done, 3000, "on"))]);
    expect(first).toBe("on");
    host.execute(["mv", `${records()}.away`, records()]);
    write(2, "host: host2\n");
    expect(await ended).toEqual([1, null]);
  });

  test("has a heartbeat beside it, which refuses the word that a living host is fenced", async () => {
    owner("take", "0");
    const watch = spawn(join(programsFolder, "owner"), ["watch"], {
      env: { ...process.env, XCATHA_CONF: host.path("host.conf"), XCATHA_RUN: host.path("run") },
      stdio: "ignore",
    });
    const ended = once(watch, "exit");
    while (!existsSync(host.path("HA-data/.xcatha/alive.host1"))) await new Promise(setImmediate);
    as("host2");
    expect(owner("quiet", "host1").stderr).toMatch(/^host1 is alive: .* Nothing was changed\./);
    watch.kill("SIGKILL");
    await ended;
    expect(owner("quiet", "host1").code).toBe(0);
  });

  describe("on a host that gives it back", () => {
    const release = (device = "") => {
      host.configure({
        ...{ HOST: "host1", PAIR: "hamn", SHARED: host.path("HA-data"), DEVICE: device },
        ...{ METHOD: "symlink", LINKS: "", UNITS: "", DATABASE_DIRECTORY: "", OUTLAST: "0" },
        ...{ VIRTUAL_ADDRESS: "10.0.0.9", VIRTUAL_HOSTNAME: "xcatmn", OWN_HOSTNAME: "host1" },
      });
      return host.run("owner", ["release"], "", {
        XCATHA_RUN: host.path("run"),
        XCATHA_PARTS: host.path("parts.list"),
      });
    };

    beforeEach(() => {
      owner("take", "0");
      writeFileSync(host.path("parts.list"), "");
      host.command("ip", "exit 0");
      host.command("systemctl", "shift; for one; do echo inactive; done");
    });

    test("names nobody, one epoch later, and only once", () => {
      expect(release()).toEqual({
        code: 0,
        stdout: "changed: the owner record names nobody\nepoch: 2\n",
        stderr: "",
      });
      expect(release().stdout).toBe("epoch: 2\n");
    });

    test("that cannot be read is told", () => {
      host.execute(["rm", "-r", host.path("HA-data/.xcatha")]);
      expect(release()).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/could not be given back: .*No such file or directory/),
      });
    });

    test("on a device that this host has not mounted is none of its own", () => {
      expect(release("/dev/shared")).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(owner("show").stdout).toBe("0000000001 host1\n");
    });
  });

  test("is marked once, and another pair's is refused", () => {
    host.execute(["rm", "-r", host.path("HA-data/.xcatha")]);
    expect(owner("mark").stdout).toMatch(/^changed:/);
    expect(owner("mark")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(owner("show").stdout).toMatch(/ none\n$/);
    writeFileSync(host.path("HA-data/.xcatha/pair"), "pair: theirs\n");
    expect(owner("mark").stderr).toContain("belongs to the pair theirs. Nothing was changed.");
  });
});
