import { linkSync, mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { changeDiff, findChanges, staleness } from "../../../src/write/index.js";
import { filesOf, origin, useFolder } from "./folder.js";

const folder = useFolder();
const two = { "a.yml": "a: 1\n", "roles/b/main.yml": "b: 1\n" };

describe("findChanges", () => {
  test("creates what is not there, sorted by path, the manifest last", () => {
    const reversed = { "roles/b/main.yml": "b: 1\n", "a.yml": "a: 1\n" };
    expect(folder().plan(reversed)).toEqual([
      "create a.yml",
      "create roles/b/main.yml",
      "create .xcatha.json",
    ]);
  });

  test("finds nothing to do after a write", () => {
    folder().write(two);
    expect(folder().plan(two)).toEqual([]);
  });

  test("updates what it wrote", () => {
    folder().write(two);
    expect(folder().plan({ ...two, "a.yml": "a: 2\n" })).toEqual([
      "update a.yml",
      "update .xcatha.json",
    ]);
  });

  test("creates again what was deleted", () => {
    folder().write(two);
    folder().put("a.yml", "");
    const { root } = folder();
    mkdirSync(`${root}/other`);
    expect(folder().plan({ "roles/b/main.yml": "b: 1\n", "c.yml": "c\n" })).toContain(
      "create c.yml",
    );
  });

  test("tells an edit by hand from a stale file", () => {
    folder().write(two);
    folder().put("a.yml", "a: 1 # mine\n");
    expect(folder().plan(two)).toEqual(["edited a.yml"]);
    expect(folder().plan({ ...two, "a.yml": "a: 2\n" })).toEqual([
      "edited a.yml",
      "update .xcatha.json",
    ]);
  });

  test("takes an edit that says what is generated now", () => {
    folder().write(two);
    folder().put("a.yml", "a: 2\n");
    expect(folder().plan({ ...two, "a.yml": "a: 2\n" })).toEqual(["update .xcatha.json"]);
  });

  test("refuses a file of somebody else, and takes one with the same content", () => {
    folder().put("a.yml", "mine\n");
    expect(folder().plan(two)).toContain("foreign a.yml");
    folder().put("a.yml", "a: 1\n");
    expect(folder().plan(two)).not.toContain("foreign a.yml");
  });

  test("sees a difference in line ends and in bytes that are no text", () => {
    folder().put("a.yml", "a: 1\r\n");
    expect(folder().plan(two)).toContain("foreign a.yml");
  });

  test("finds orphans, unedited and edited", () => {
    folder().write({ ...two, "old.yml": "old\n", "older.yml": "older\n", "gone.yml": "gone\n" });
    folder().put("older.yml", "mine\n");
    const { root } = folder();
    symlinkSync("/etc/hostname", `${root}/foreign`);
    expect(folder().plan(two)).toEqual([
      "orphan gone.yml",
      "orphan old.yml",
      "edited-orphan older.yml",
      "update .xcatha.json",
    ]);
  });

  test.each([
    "{",
    "[]",
    "null",
    '{"files": []}',
    '{"files": {"a": 1}}',
    '{"files": {"../../etc/passwd": "0"}}',
    '{"files": {"/etc/passwd": "0"}}',
  ])("does not trust the manifest %s", (manifest) => {
    folder().write(two);
    folder().put(".xcatha.json", manifest);
    expect(folder().plan(two)).toEqual(["manifest-broken .xcatha.json"]);
  });

  test("follows no symbolic link, whether file, directory or manifest", () => {
    const { root } = folder();
    symlinkSync("/etc/hostname", `${root}/a.yml`);
    symlinkSync("/tmp", `${root}/roles`);
    symlinkSync("/nowhere", `${root}/.xcatha.json`);
    expect(folder().plan(two)).toEqual([
      "link a.yml",
      "link roles/b/main.yml",
      "link .xcatha.json",
    ]);
    expect(folder().changes(two)[1]).toMatchObject({ at: "roles" });
  });

  test("refuses a directory for a file, and a file for a directory", () => {
    mkdirSync(folder().at("a.yml"));
    folder().put("roles", "mine");
    expect(folder().plan(two)).toEqual([
      "not-a-file a.yml",
      "not-a-file roles/b/main.yml",
      "create .xcatha.json",
    ]);
  });

  test("refuses to write over the model", () => {
    folder().put("a.yml", "a: 1\n");
    linkSync(folder().at("a.yml"), folder().at("xcatha.yml"));
    expect(folder().plan(two, "a.yml")).toContain("model a.yml");
    expect(folder().plan(two, "xcatha.yml")).toContain("model a.yml");
  });

  test.each(["../a", "/etc/a", "a/../b", "a//b", "./a", "", "a\\b", "a\0", ".xcatha.json"])(
    "takes generating %j for a fault of ours",
    (path) => {
      expect(() => folder().changes({ [path]: "x\n" })).toThrow("no path inside");
    },
  );

  test("takes generating a path twice for a fault of ours, also but for capitals", () => {
    expect(() => folder().changes({ "README.md": "", "readme.md": "" })).toThrow("twice");
  });

  test("takes a folder that is missing, and says why one cannot be read", () => {
    folder().put("plain", "");
    expect(findChanges(folder().at("new/one"), filesOf(two), origin).ok).toBe(true);
    expect(findChanges(folder().at("plain"), filesOf(two), origin)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "output-not-folder" }],
    });
  });
});

describe("staleness", () => {
  test("names each kind", () => {
    folder().write({ ...two, "c.yml": "c\n", "d.yml": "d\n" });
    folder().put("c.yml", "mine\n");
    const words = folder()
      .changes({ "a.yml": "a: 2\n", "c.yml": "c\n", "d.yml": "d\n", "e.yml": "e\n" })
      .map((change) => [change.path, staleness(change)]);
    expect(words).toEqual([
      ["a.yml", "stale"],
      ["c.yml", "edited by hand"],
      ["d.yml", undefined],
      ["e.yml", "missing"],
      ["roles/b/main.yml", "orphaned"],
      [".xcatha.json", "stale"],
    ]);
  });
});

describe("changeDiff", () => {
  test("is a unified diff of what changes, and empty for what stays", () => {
    folder().write({ ...two, "c.yml": "c\n", "old.yml": "old\n" });
    const diffs = folder()
      .changes({ "a.yml": "a: 2\n", "c.yml": "c\n", "new.yml": "new\n" })
      .slice(0, -1)
      .map(changeDiff);
    expect(diffs).toEqual([
      "--- a/a.yml\n+++ b/a.yml\n@@ -1,1 +1,1 @@\n-a: 1\n+a: 2\n",
      "",
      "--- /dev/null\n+++ b/new.yml\n@@ -0,0 +1,1 @@\n+new\n",
      "--- a/old.yml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-old\n",
      "--- a/roles/b/main.yml\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-b: 1\n",
    ]);
  });
});
