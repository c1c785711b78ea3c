import fs from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { useFolder } from "./folder.js";

// The file system fails in the middle of a write, as a full disk or a lost share does.
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const spied = {
    ...real,
    fsyncSync: vi.fn(real.fsyncSync),
    renameSync: vi.fn(real.renameSync),
    writeFileSync: vi.fn(real.writeFileSync),
  };
  return { ...spied, default: spied };
});

const full = () =>
  Object.assign(new Error("ENOSPC"), { code: "ENOSPC", errno: -28, syscall: "write" });

const folder = useFolder();
afterEach(() => {
  vi.mocked(fs.fsyncSync).mockClear();
  vi.mocked(fs.renameSync).mockClear();
});

const old = { "a.yml": "a: 1\n", "b.yml": "b: 1\n", "c.yml": "c: 1\n" };
const next = { "a.yml": "a: 2\n", "b.yml": "b: 2\n", "c.yml": "c: 2\n", "roles/x/y.yml": "y\n" };

describe("a write that fails", () => {
  test.each([1, 2, 3, 4, 5, 6])("while file %i is staged has changed nothing", (number) => {
    folder().write(old);
    const before = folder().snapshot();
    const real = vi.mocked(fs.writeFileSync).getMockImplementation();
    vi.mocked(fs.writeFileSync).mockClear();
    vi.mocked(fs.writeFileSync).mockImplementation((...given) => {
      if (vi.mocked(fs.writeFileSync).mock.calls.length === number) throw full();
      return real?.(...given);
    });
    const result = folder().write(next);
    vi.mocked(fs.writeFileSync).mockImplementation(real ?? (() => {}));
    expect(result).toMatchObject({
      diagnostics: [
        {
          code: "write-failed",
          message: "It could not be written: no space left on device.",
          why: "Nothing was changed.",
        },
      ],
    });
    expect(folder().snapshot()).toEqual(before);
  });

  test("while files are put in place says what was changed, and running again completes it", () => {
    folder().write(old);
    vi.mocked(fs.renameSync).mockClear();
    const real = vi.mocked(fs.renameSync).getMockImplementation();
    vi.mocked(fs.renameSync).mockImplementation((from, to) => {
      if (String(to).endsWith("/c.yml")) throw full();
      return real?.(from, to);
    });
    const result = folder().write(next);
    vi.mocked(fs.renameSync).mockImplementation(real ?? (() => {}));
    expect(result).toMatchObject({
      diagnostics: [
        { file: "c.yml", why: expect.stringContaining("Changed before that: a.yml, b.yml.") },
      ],
    });
    expect(folder().read("b.yml")).toBe("b: 2\n");
    expect(folder().read("c.yml")).toBe("c: 1\n");
    // What was written must be known again, also to a run that generates something else.
    expect(folder().plan({ ...old, "d.yml": "d: 1\n" })).toEqual([
      "update a.yml",
      "update b.yml",
      "create d.yml",
      "update .xcatha.json",
    ]);

    expect(folder().write(next).ok).toBe(true);
    expect(folder().plan(next)).toEqual([]);
    expect(folder().has(".xcatha.tmp")).toBe(false);
  });

  test("puts the manifest in place last", () => {
    folder().write(next);
    const targets = vi
      .mocked(fs.renameSync)
      .mock.calls.map(([, to]) => String(to))
      .filter((target) => !target.includes(".xcatha.tmp"));
    expect(targets.at(-1)).toMatch(/\/\.xcatha\.json$/);
    expect(targets).toHaveLength(5);
  });

  test("syncs what it is about to do before anything takes its place", () => {
    folder().write(next);
    const [synced = 0] = vi.mocked(fs.fsyncSync).mock.invocationCallOrder;
    const [, ...renamed] = vi.mocked(fs.renameSync).mock.invocationCallOrder;
    expect(synced).toBeLessThan(Math.min(...renamed));
  });

  test.each([
    ["empty", ""],
    ["full of zeros", "\0\0\0"],
  ])("by a power cut, and leaves files %s, is repaired", (_name, lost) => {
    folder().write(old);
    folder().put("b.yml", lost);
    expect(folder().write(next)).toMatchObject({ ok: true });
    expect(folder().read("b.yml")).toBe("b: 2\n");
    folder().put(".xcatha.json", lost);
    expect(folder().write(next)).toMatchObject({ ok: true });
    expect(folder().plan(next)).toEqual([]);
  });
});
