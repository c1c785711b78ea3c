import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { oddFileSystem, unmountable, withFileSystem } from "./odd.js";
import { Sandbox } from "./program.js";

// Owners, modes, a time between two seconds, links, and each kind of attribute.
const TREE = `
import os, struct, sys
os.chdir(sys.argv[1])
for name in ("plain", "capable", "listed"):
    open(name, "w").write(name)
os.mkdir("sub", 0o2750)
os.chown("plain", 3, 4)
os.chmod("plain", 0o640)
os.link("plain", "sub/linked")
os.symlink("plain", "symbolic")
os.setxattr("plain", "user.note", b"1")
os.setxattr("sub", "trusted.mine", b"1")
os.setxattr("capable", "security.capability", struct.pack("<5I", 0x02000001, 1 << 13, 0, 0, 0))
entries = ((1, 6, -1), (2, 4, 7), (4, 4, -1), (16, 4, -1), (32, 0, -1))
os.setxattr("listed", "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *each) for each in entries))
os.utime("plain", ns=(1000 * 10**9, 1001500000001 * 10**3))
`;
// What is there afterwards, by other means than the program's own.
const LIST = `
import os, sys
os.chdir(sys.argv[1])
for place, folders, files in os.walk("."):
    for name in sorted(["."] + files):
        path = os.path.normpath(os.path.join(place, name))
        found = os.lstat(path)
        text = "" if os.path.isdir(path) else os.readlink(path) if os.path.islink(path) else open(path).read()
        kept = [each for each in sorted(os.listxattr(path, follow_symlinks=False)) if len(os.getxattr(path, each, follow_symlinks=False)) != 28]
        print(path, oct(found.st_mode), found.st_uid, found.st_gid, found.st_nlink if text else "", text, *kept)
`;

describe("on a file system that keeps less than the host's own", () => {
  let host: Sandbox;
  let shared: string;
  let install: string;

  beforeEach(({ skip }) => {
    skip(unmountable !== undefined, unmountable);
    host = new Sandbox({});
    shared = host.path("HA-data");
    install = host.path("disk/install");
    for (const path of [shared, host.path("disk"), host.path("lock")]) mkdirSync(path);
    writeFileSync(host.path("tree.py"), TREE);
    writeFileSync(host.path("list.py"), LIST);
    host.configure({
      HOST: "host1",
      SHARED: shared,
      DEVICE: "",
      METHOD: "symlink",
      DATABASE_DIRECTORY: "",
      LINKS: install,
      TIMEOUT_COPY: "60",
    });
  });
  afterEach(() => host?.[Symbol.dispose]());

  /** The script, with the shared data on a file system with limits, and the host's own directory on one that keeps everything. */
  const run = (limits: readonly string[], script: string, disk: readonly string[] = []) =>
    withFileSystem(
      host,
      host.path("disk"),
      disk,
      `mkdir '${install}'; python3 '${host.path("tree.py")}' '${install}'
      unshare --mount ${oddFileSystem} \
        '${shared}' ${limits.join(" ")} -- bash -ec '${script}'`,
      {
        XCATHA_ROOT: host.path("disk"),
        XCATHA_LOCK: host.path("lock"),
        share: `${host.program}/share`,
        list: host.path("list.py"),
        shared,
        install,
      },
    );

  const COPY = `mkdir "$shared/.xcatha"; "$share" space; echo --; "$share" copy; echo --
    python3 "$list" "$install"; echo --; python3 "$list" "$shared$install"; echo --; ls -A "$shared"; ls -A "$shared/.xcatha/incoming"/*`;

  const kinds = {
    user: "extended attributes of users",
    capability: "file capabilities",
    acl: "POSIX ACLs",
    root: "extended attributes of root",
    links: "hard links (each name becomes a file of its own)",
  };

  /** How the names of the attributes begin that are lost. */
  const begins = {
    user: "user.",
    capability: "security.",
    acl: "system.",
    root: "trusted.",
    links: "-",
    seconds: "-",
  };

  test.each<[string, readonly string[], readonly (keyof typeof kinds | "seconds")[]]>([
    ["has everything", [], []],
    [
      "of NFSv4",
      ["own=system.nfs4_acl", "no-xattr=system.,security.,trusted."],
      ["acl", "capability", "root"],
    ],
    ["of NFSv3, without attributes", ["no-xattr="], ["acl", "user", "capability", "root"]],
    ["of Lustre", ["own=lustre.lov,trusted.lov,security.selinux", "step=1000000000"], ["seconds"]],
    ["of BeeGFS 7", ["link=apart"], ["links"]],
    ["of BeeGFS with links in place of hard ones", ["link=symbolic"], ["links"]],
    ["of CephFS", ["own=ceph.dir.layout,ceph.file.layout"], []],
    ["of GlusterFS", ["own=trusted.gfid,trusted.unheard-of"], []],
    [
      "of SMB",
      ["step=100", "link=EOPNOTSUPP", "no-xattr=system.,security.,trusted."],
      ["links", "acl", "capability", "root"],
    ],
    ["that rounds to two seconds", ["step=2000000000"], ["seconds"]],
    ["that does not count links", ["link=unseen"], ["links"]],
    ["that changes inode numbers", ["inodes=change"], []],
  ])(
    "%s: what it can keep is copied and compared, and what it cannot is said before",
    (_, limits, lost) => {
      const { code, stdout, stderr } = run(limits, COPY);
      expect([code, stderr]).toEqual([0, ""]);
      const [said = "", copied, source = "", copy = "", left] = stdout.split("--\n");
      expect(copied).toBe(`changed: ${shared}${install}\n`);
      expect(
        said
          .split("\n")
          .filter(Boolean)
          .map((line) => line.replace(/:.*/, ""))
          .sort(),
      ).toEqual(
        lost
          .map((each) =>
            each === "seconds"
              ? `${shared} keeps times of whole seconds only.`
              : `${shared} keeps no ${kinds[each]}`,
          )
          .sort(),
      );
      const without = (text: string) =>
        text.split("\n").map((line) => {
          const [path, mode, uid, gid, links, content, ...names] = line.split(" ");
          const data = names.filter(
            (name) =>
              /^(user\.|security\.capability|system\.posix_acl|trusted\.mine)/.test(name) &&
              !lost.some((each) => name.startsWith(begins[each])),
          );
          return [path, mode, uid, gid, lost.includes("links") || links, content, ...data];
        });
      expect(without(copy)).toEqual(without(source));
      expect(source).toContain("system.posix_acl_access");
      // No scratch file stays.
      expect(left).toBe(`.xcatha\n${host.directory.split("/")[1]}\n`);
    },
  );

  test.each<[string, readonly string[], RegExp]>([
    [
      "gives root's files to nobody",
      ["owner=squash"],
      /gives root's files to user 65534 and group 65534/,
    ],
    [
      "refuses owners",
      ["owner=refuse"],
      /owners cannot be changed there \(Operation not permitted\)/,
    ],
    ["does not keep modes", ["mode=fixed"], /it does not keep modes/],
    ["has no links of any kind", ["link=EPERM", "symlink=EPERM"], /it has no symbolic links/],
    ["has too little room", ["room=12"], /has 12 KiB free; \d+ KiB are to be copied/],
    ["has too few inodes", ["files=3"], /has 3 inodes free; 6 files are to be copied/],
  ])("that %s: refused first, with the reason and without a trace", (_, limits, said) => {
    const { code, stdout, stderr } = run(
      limits,
      `"$share" foresee --copies || { ls -A "$shared"; exit 3; }`,
    );
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(said);
    expect(stderr).toContain("Nothing was copied.");
  });

  test("that is full: nothing is refused when there is nothing to copy", () => {
    const { code, stderr } = run(["room=0"], `rm -r "$install"; "$share" foresee --copies`);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("each name of a file is counted where no hard links stay", () => {
    // Blocks of 4 KiB: three files, a directory and its parent, and a symbolic link; the second name is the fourth file.
    const needs = (limits: readonly string[]) =>
      /; (\d+) KiB/.exec(run(["room=4", ...limits], `"$share" space || true`).stderr)?.[1];
    expect(Number(needs(["link=EPERM"])) - Number(needs([]))).toBe(4);
  });

  test("an interrupted run's copy is known again, whatever became of its inode number", () => {
    const { code, stdout } = run(
      ["inodes=change"],
      `mkdir "$shared/.xcatha"; "$share" copy; : > "$shared/.xcatha/complete"; "$share" copy; cat "$shared/.xcatha/complete"`,
    );
    expect(code).toBe(0);
    expect(stdout).toBe(
      `changed: ${shared}${install}\nchanged: the copy of ${install} is complete\n${install}\n`,
    );
  });

  test("what the host's own file system adds to each file is not missed", () => {
    const { code, stderr } = run([], COPY, ["own=system.nfs4_acl,ceph.file.layout,trusted.gfid"]);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("is not probed by a check", () => {
    const { code, stderr } = run(["owner=squash"], `"$share" space --check`);
    expect([code, stderr]).toEqual([0, ""]);
  });
});
