import { mkdirSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { useFolder } from "./folder.js";

const folder = useFolder();
const two = { "a.yml": "a: 1\n", "roles/b/main.yml": "b: 1\n" };

describe("applyChanges", () => {
  test("writes every file and a manifest; files and folders keep to the umask alike", () => {
    const before = process.umask(0o027);
    try {
      expect(folder().write(two)).toMatchObject({
        ok: true,
        value: {
          created: ["a.yml", "roles/b/main.yml", ".xcatha.json"],
          updated: [],
          removed: [],
          saved: [],
        },
      });
    } finally {
      process.umask(before);
    }
    expect(folder().read("roles/b/main.yml")).toBe("b: 1\n");
    expect(folder().mode("a.yml")).toBe(0o640);
    expect(folder().mode("roles/b/main.yml")).toBe(0o640);
    expect(folder().mode("roles/b")).toBe(0o750);
    expect(JSON.parse(folder().read(".xcatha.json"))).toEqual({
      files: {
        "a.yml": "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae",
        "roles/b/main.yml": expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      model: { file: "xcatha.yml", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      pair: { name: "hamn", hosts: ["10.5.106.70", "10.5.106.5"] },
      version: "1.2.3",
    });
  });

  test("leaves what stays as it was", () => {
    folder().write(two);
    const age = folder().age("a.yml");
    folder().write({ ...two, "roles/b/main.yml": "b: 2\n" });
    expect(folder().changed("a.yml")).toBe(age);
    const manifest = folder().age(".xcatha.json");
    folder().write({ ...two, "roles/b/main.yml": "b: 2\n" });
    expect(folder().changed(".xcatha.json")).toBe(manifest);
  });

  test("removes orphans and the directories that they leave empty, and no other", () => {
    folder().write({ ...two, "roles/c/tasks/main.yml": "c\n", "docs/x.md": "x\n" });
    folder().put("docs/mine.md", "mine\n");
    mkdirSync(folder().at("empty"));
    expect(folder().write(two)).toMatchObject({
      value: { removed: ["docs/x.md", "roles/c/tasks/main.yml"] },
    });
    expect(folder().has("roles/c")).toBe(false);
    expect(folder().has("roles/b/main.yml")).toBe(true);
    expect(folder().has("docs/mine.md")).toBe(true);
    expect(folder().has("empty")).toBe(true);
  });

  test.each([
    ["an edited file", (): void => folder().put("a.yml", "mine\n"), "output-edited"],
    ["a file of somebody else", (): void => folder().put("new.yml", "mine\n"), "output-foreign"],
    ["an edited orphan", (): void => folder().put("old.yml", "mine\n"), "output-edited-orphan"],
    [
      "a broken manifest",
      (): void => folder().put(".xcatha.json", "<<<<"),
      "output-manifest-broken",
    ],
    ["a link", (): void => symlinkSync("a.yml", folder().at("new.yml")), "output-link"],
    ["a directory", (): void => void mkdirSync(folder().at("new.yml")), "output-not-a-file"],
  ])("writes nothing at all for %s", (_name, arrange, code) => {
    folder().write({ ...two, "old.yml": "old\n" });
    arrange();
    const before = folder().snapshot();
    const result = folder().write({
      "a.yml": "a: 2\n",
      "new.yml": "new\n",
      "other.yml": "other\n",
    });
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.diagnostics.map((one) => one.code)).toContain(code);
    expect(folder().snapshot()).toEqual(before);
  });

  test("with force keeps what it replaces, under names that nothing has", () => {
    folder().write({ ...two, "old.yml": "old\n" });
    folder().put("a.yml", "mine\n");
    folder().put("a.yml.xcatha-saved-1", "an earlier one\n");
    folder().put("old.yml", "mine too\n");
    folder().put("new.yml", "mine as well\n");
    const result = folder().write({ ...two, "new.yml": "new\n" }, true);
    expect(result).toMatchObject({
      value: {
        updated: ["a.yml", "new.yml", ".xcatha.json"],
        removed: ["old.yml"],
        saved: [
          { path: "a.yml", as: "a.yml.xcatha-saved-2" },
          { path: "new.yml", as: "new.yml.xcatha-saved-1" },
          { path: "old.yml", as: "old.yml.xcatha-saved-1" },
        ],
      },
    });
    expect(folder().read("a.yml")).toBe("a: 1\n");
    expect(folder().read("a.yml.xcatha-saved-1")).toBe("an earlier one\n");
    expect(folder().read("a.yml.xcatha-saved-2")).toBe("mine\n");
    expect(folder().read("old.yml.xcatha-saved-1")).toBe("mine too\n");
    expect(folder().has("old.yml")).toBe(false);
    expect(folder().plan({ ...two, "new.yml": "new\n" })).toEqual([]);
  });

  test("with force replaces a broken manifest and keeps it", () => {
    folder().write(two);
    folder().put(".xcatha.json", "<<<<<<< ours\n");
    expect(folder().write(two, true).ok).toBe(true);
    expect(folder().read(".xcatha.json.xcatha-saved-1")).toBe("<<<<<<< ours\n");
    expect(folder().plan(two)).toEqual([]);
  });

  test("with force still follows no link and replaces no directory", () => {
    symlinkSync("/tmp", folder().at("roles"));
    mkdirSync(folder().at("a.yml"));
    const before = folder().snapshot();
    expect(folder().write(two, true).ok).toBe(false);
    expect(folder().snapshot()).toEqual(before);
  });
});
