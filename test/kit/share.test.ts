import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("the directories on their way to the shared data", () => {
  let host: Sandbox;
  let shared: string;
  let etc: string;
  let client: string;
  const share = (...args: readonly string[]) =>
    host.run("share", args, "", { XCATHA_ROOT: host.path("root"), XCATHA_LOCK: host.directory });
  const configured = (changes: Readonly<Record<string, string>>) =>
    host.configure({
      HOST: "host1",
      SHARED: shared,
      DEVICE: "",
      METHOD: "symlink",
      DATABASE_DIRECTORY: "",
      LINKS: `${etc} ${client}`,
      TIMEOUT_COPY: "120",
      ...changes,
    });
  const note = (name: string) => readFileSync(`${shared}/.xcatha/${name}`, "utf8");

  beforeEach(() => {
    host = new Sandbox({});
    shared = host.path("HA-data");
    etc = host.path("root/etc/xcat");
    client = host.path("root/root/.xcat");
    configured({});
    for (const path of [etc, client, `${shared}/.xcatha`]) mkdirSync(path, { recursive: true });
    writeFileSync(`${etc}/site.sqlite`, "rows");
    writeFileSync(`${client}/client-cert.pem`, "old", { mode: 0o600 });
    chownSync(`${client}/client-cert.pem`, 3, 4);
    utimesSync(`${client}/client-cert.pem`, 1000, 1000.5);
    symlinkSync("client-cert.pem", `${client}/link`);
  });
  afterEach(() => host[Symbol.dispose]());

  test("are copied with owner, mode, time and links; xCAT's tables last", () => {
    expect(share("look").stdout).toBe(`${client}\n${etc}\n`);
    expect(share("space")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(share("copy")).toEqual({
      code: 0,
      stdout: `changed: ${shared}${client}\nchanged: ${shared}${etc}\n`,
      stderr: "",
    });
    const list = (path: string) =>
      host.execute(["find", path, "-printf", "%P %m %U %G %T@ %l\\n"]).stdout;
    expect(list(`${shared}${client}`)).toBe(list(client));
    expect(note("complete")).toBe(`${client}\n${etc}\n`);
  });

  test("are not copied twice; what was written before the pair was served is, and the older copy kept", () => {
    share("copy");
    expect(share("copy").stdout).toBe("");
    writeFileSync(`${etc}/later`, "since");
    expect(share("copy").stdout).toBe(`changed: ${shared}${etc}\n`);
    expect(readFileSync(`${shared}${etc}/later`, "utf8")).toBe("since");
    expect(readdirSync(`${shared}/.xcatha/incoming`).join(" ")).toContain("older:");
    writeFileSync(`${shared}/.xcatha/served`, "2.19.0\n");
    writeFileSync(`${etc}/latest`, "never");
    expect(share("look").stdout).toBe("");
  });

  test("are refused where somebody else's directory is in their place", () => {
    mkdirSync(`${shared}${client}`, { recursive: true });
    expect(share("space").stderr).toBe(
      `${shared}${client} exists, but xcatha did not put it there. Nothing was moved or copied: look at it, and move it aside.\n`,
    );
  });

  test("are not given their name when the copy is not what it was made of", () => {
    host.command(
      "cp",
      '/bin/cp "$@" && for target; do :; done; echo more >> "$target/site.sqlite"',
    );
    const { code, stderr } = share("copy");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The copy of \S+ in \S+ is not what it was copied from, first at site\.sqlite: it is there alone\. Nothing has written to \S+ since: /,
    );
    expect(existsSync(`${shared}${etc}`)).toBe(false);
  });

  test.each([
    ["its content", 'echo ROWS > "$2"', "site.sqlite: its size is 5, and 4 there"],
    ["a new file", 'touch "$1/new"', "new: it is missing there"],
    ["a file that goes away", 'rm "$1/gone"', "gone: it is there alone"],
    ["its owner", 'chown 7 "$2"', "site.sqlite: its owner is 7:0, and 0:0 there"],
  ])("are not given their name when something writes to them meanwhile: %s", (_, change, how) => {
    writeFileSync(`${etc}/gone`, "");
    host.command(
      "cp",
      `/bin/cp "$@" && case "$*" in *etc/xcat*) set -- '${etc}' '${etc}/site.sqlite'; ${change};; esac`,
    );
    const { code, stderr } = share("copy");
    expect(code).toBe(1);
    expect(stderr).toContain(
      `is not what it was copied from, first at ${how}. Something still writes to ${etc}.`,
    );
  });

  test("are counted while a database runs in them: what goes away meanwhile is left out", () => {
    mkdirSync(`${etc}/gone`);
    const { code, stdout, stderr } = host.execute(
      [
        ...["python3", "-B", "-c"],
        `import manifest, os, shutil, sys
for path, status in manifest.walk(sys.argv[1]):
    print(os.path.relpath(os.fsdecode(path), sys.argv[1]))
    shutil.rmtree(sys.argv[1] + "/gone", ignore_errors=True)
    os.path.exists(sys.argv[1] + "/site.sqlite") and os.unlink(sys.argv[1] + "/site.sqlite")`,
        etc,
      ],
      "",
      { PYTHONPATH: host.program },
    );
    expect([code, stdout, stderr]).toEqual([0, ".\n", ""]);
  });

  test("are copied when a file has a hard link elsewhere", () => {
    linkSync(`${etc}/site.sqlite`, host.path("root/elsewhere"));
    expect(share("copy")).toMatchObject({ code: 0, stderr: "" });
  });

  test("are completed without another copy when a run ended before it listed the last one", () => {
    share("copy");
    writeFileSync(`${shared}/.xcatha/complete`, `${client}\n`);
    expect(share("copy").stdout).toBe(`changed: the copy of ${etc} is complete\n`);
    expect(note("complete")).toBe(`${client}\n${etc}\n`);
  });

  describe("before anything is stopped", () => {
    const foresee = (...args: readonly string[]) => share("foresee", ...args);

    test("are looked at: nothing is in the way, there is room, and no trace stays", () => {
      expect(foresee("--copies")).toEqual({ code: 0, stdout: "", stderr: "" });
      expect(readdirSync(shared)).toEqual([".xcatha"]);
    });

    test("one that is a link is told on the host that copies, and the advice is right", () => {
      host.execute(["mv", etc, `${etc}.else`]);
      symlinkSync(`${etc}.else`, etc);
      expect(foresee()).toMatchObject({ code: 0 });
      const { code, stderr } = foresee("--copies");
      expect(code).toBe(1);
      expect(stderr).toContain(
        `${etc} is a symbolic link to ${etc}.else: only a directory can be shared. Nothing was`,
      );
      const advice = /with the same content: (.*)\n/.exec(stderr)?.[1] ?? "false";
      expect(host.execute(["bash", "-ec", advice]).code).toBe(0);
      expect(foresee("--copies").code).toBe(0);
      expect(share("copy").code).toBe(0);
      expect(readFileSync(`${shared}${etc}/site.sqlite`, "utf8")).toBe("rows");
    });

    test("somebody else's directory in their place is told", () => {
      mkdirSync(`${shared}${client}`, { recursive: true });
      expect(foresee("--copies").stderr).toContain("but xcatha did not put it there. Nothing was");
      expect(foresee().code).toBe(0);
    });

    test("a line of /etc/fstab is told, and its advice is right", () => {
      const fstab = host.path("root/etc/fstab");
      writeFileSync(
        fstab,
        `# disks\n/dev/vdb ${etc}/ ext4 defaults 0 2\n/dev/vdc ${client} ext4 noauto 0 2\n`,
      );
      const { code, stderr } = foresee();
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(
          /^\/etc\/fstab mounts \/dev\/vdb at \S+etc\/xcat, .* Nothing was stopped, moved or copied\.\n$/,
        ),
      ]);
      configured({ METHOD: "bind" });
      expect(foresee().code).toBe(0);
      configured({});
      writeFileSync(fstab, "# disks\n");
      expect(foresee().code).toBe(0);
    });

    test("a mount that fails when its server is slow is told, below the tables", () => {
      rmSync(host.path("proc/self"));
      mkdirSync(host.path("proc/self"));
      const mounted = (option: string) =>
        writeFileSync(
          host.path("proc/self/mountinfo"),
          `20 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 20 0:50 / ${shared} rw - nfs4 nas:/export rw,${option}\n`,
        );
      mounted("soft");
      expect(foresee().stderr).toMatch(
        /HA-data is mounted with the option soft \(nfs4\): .* Nothing was stopped, moved or copied\.\n$/,
      );
      mounted("hard");
      expect(foresee()).toEqual({ code: 0, stdout: "", stderr: "" });
    });

    const MOUNTED = `mount -t tmpfs disk "$etc"; echo own > "$etc/site.sqlite"; cp "$conf" "$conf.link"
      "$libexec/share" foresee && exit 9
      `;
    const inNamespace = (script: string) =>
      host.execute(["unshare", "--mount", "bash", "-ec", MOUNTED + script], "", {
        XCATHA_ROOT: host.path("root"),
        XCATHA_LOCK: host.directory,
        XCATHA_ASIDE: host.path("aside"),
        libexec: host.program,
        conf: host.path("host.conf"),
        etc,
        shared,
      });
    const refused =
      /^\S+etc\/xcat is a mount point, which no link can replace\. Copy what it holds into a directory, unmount it, .* Nothing was stopped, moved or copied\.\n$/;

    test("a mount point is told; unmounted, with what it held in its place, it can be shared", () => {
      const { code, stdout, stderr } = inNamespace(`
        cp -a "$etc" "$etc.copy"; umount "$etc"; rm -r "$etc"; mv "$etc.copy" "$etc"
        "$libexec/share" foresee --copies; "$libexec/share" copy > /dev/null; "$libexec/link" put "$etc"; cat "$etc/site.sqlite"; readlink "$etc"`);
      expect(stderr).toMatch(refused);
      expect([code, stdout]).toEqual([0, `own\n${shared}${etc}\n`]);
    });

    test("a mount point is told; with shared.method bind it is shared, and comes back", () => {
      const { code, stdout, stderr } = inNamespace(`
        sed -i s/symlink/bind/ "$conf"
        "$libexec/share" foresee --copies; "$libexec/share" copy > /dev/null; "$libexec/share" look
        for time in 1 2; do "$libexec/link" put "$etc"; done
        echo served > "$etc/site.sqlite"; cat "$shared$etc/site.sqlite"; grep -c " $etc " /proc/self/mountinfo
        "$libexec/link" remove "$etc"; cat "$etc/site.sqlite"; grep -c " $etc " /proc/self/mountinfo
        "$libexec/link" remove "$etc"; mountpoint -q "$etc"`);
      expect(stderr).toMatch(refused);
      // Until it is served, what the host itself has counts.
      expect([code, stdout]).toEqual([0, `${client}\n${etc}\nserved\n2\nown\n1\n`]);
    });
  });
});
