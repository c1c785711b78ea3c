import fs from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { useFolder } from "./folder.js";

// The file system fails in the middle of a write, as a full disk or a lost share does.
vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const spied = { ...real, fsyncSync: vi.fn(real.fsyncSync), renameSync: vi.fn(real.renameSync) };
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
  test.each([1, 2, 3, 4, 5])("while file %i is staged has changed nothing", (number) => {
    folder().write(old);
    const before = folder().snapshot();
    vi.mocked(fs.fsyncSync).mockClear();
    const real = vi.mocked(fs.fsyncSync).getMockImplementation();
    vi.mocked(fs.fsyncSync).mockImplementation((descriptor) => {
      if (vi.mocked(fs.fsyncSync).mock.calls.length === number) throw full();
      return real?.(descriptor);
    });
    const result = folder().write(next);
    vi.mocked(fs.fsyncSync).mockImplementation(real ?? (() => {}));
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
      if (vi.mocked(fs.renameSync).mock.calls.length === 3) throw full();
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
    expect(Object.keys(folder().snapshot()).filter((name) => name.endsWith(".tmp"))).toEqual([]);

    expect(folder().write(next).ok).toBe(true);
    expect(folder().plan(next)).toEqual([]);
  });

  test("puts the manifest in place last", () => {
    folder().write(next);
    const targets = vi.mocked(fs.renameSync).mock.calls.map(([, to]) => String(to));
    expect(targets.at(-1)).toMatch(/\/\.xcatha\.json$/);
    expect(targets).toHaveLength(5);
  });

  test("syncs each file before it takes its place", () => {
    folder().write(next);
    const synced = vi.mocked(fs.fsyncSync).mock.invocationCallOrder;
    const renamed = vi.mocked(fs.renameSync).mock.invocationCallOrder;
    expect(synced).toHaveLength(5);
    expect(Math.max(...synced)).toBeLessThan(Math.min(...renamed));
  });
});
