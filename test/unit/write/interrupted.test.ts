import fs from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { applyChanges, findChanges, findWork } from "../../../src/write/index.js";
import { filesOf, origin, useFolder } from "./folder.js";

// A process that is killed changes nothing more: from some call on, each of these fails.
const killed = vi.hoisted(() => ({ after: Number.POSITIVE_INFINITY, count: 0 }));

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  const mortal = Object.fromEntries(
    ["mkdirSync", "writeFileSync", "renameSync", "rmSync", "rmdirSync", "openSync"].map((name) => [
      name,
      (...given: unknown[]) => {
        killed.count += 1;
        if (killed.count > killed.after) throw new Error("killed");
        return (real[name as "mkdirSync"] as (...given: unknown[]) => unknown)(...given);
      },
    ]),
  );
  return { ...real, ...mortal, default: { ...real, ...mortal } };
});

// Whoever was killed is gone, though the tests are one process.
const alive = vi.hoisted(() => ({ answer: false as boolean | undefined }));
vi.mock("../../../src/write/owner.js", async (original) => ({
  ...(await original<typeof import("../../../src/write/owner.js")>()),
  isAlive: () => alive.answer,
}));

vi.mock("../../../src/write/patience.js", () => ({
  patience: { alive: 300, silent: 100, step: 5 },
}));

const folder = useFolder();
afterEach(() => {
  killed.after = Number.POSITIVE_INFINITY;
  alive.answer = false;
});

const old = { "a.yml": "a: 1\n", "roles/b/b.yml": "b: 1\n", "c.yml": "c: 1\n" };
const next = { "a.yml": "a: 2\n", "roles/n/n.yml": "n: 2\n", "c.yml": "c: 1\n" };
const other = { "a.yml": "a: 3\n", "z/z.yml": "z: 3\n" };

/** Writes until the process is killed after that many calls; tells whether it was. */
function writeKilled(contents: Readonly<Record<string, string>>, after: number): boolean {
  killed.count = 0;
  killed.after = after;
  try {
    folder().write(contents);
    return false;
  } catch {
    return true;
  } finally {
    killed.after = Number.POSITIVE_INFINITY;
  }
}

/** Files that git would add, and that no run generates. */
function strays(): readonly string[] {
  const shown = folder().snapshot();
  const known = [old, next, other].flatMap(Object.entries).map(([path, text]) => path + text);
  return Object.entries(shown)
    .filter(
      ([path, text]) =>
        text !== "(directory)" && path !== ".xcatha.json" && !known.includes(path + text),
    )
    .map(([path]) => path)
    .filter((path) => {
      const [work = ""] = path.split("/");
      return shown[`${work}/.gitignore`] !== "*\n";
    });
}

function expectRepaired(contents: Readonly<Record<string, string>>, when: string): void {
  expect(strays(), when).toEqual([]);
  const conflicts = folder()
    .changes(contents)
    .filter(({ kind }) => kind === "conflict");
  expect(conflicts, when).toEqual([]);
  expect(folder().write(contents), when).toMatchObject({ ok: true });
  const { ".xcatha.json": _manifest, ...left } = folder().snapshot();
  const files = Object.entries(left).filter(([, text]) => text !== "(directory)");
  expect(Object.fromEntries(files), when).toEqual(contents);
  const parents = Object.keys(contents).flatMap((path) =>
    path
      .split("/")
      .slice(0, -1)
      .map((_part, depth, all) => all.slice(0, depth + 1).join("/")),
  );
  const folders = Object.entries(left).filter(([, text]) => text === "(directory)");
  expect(folders.map(([path]) => path).sort(), when).toEqual([...new Set(parents)].sort());
  expect(folder().plan(contents), when).toEqual([]);
}

describe("a run that is killed", () => {
  test.each([
    ["the same model", next],
    ["another model", other],
    ["the model before", old],
  ])("after any call is repaired by a run with %s", (_name, then) => {
    let after = 0;
    for (; ; after++) {
      for (const name of fs.readdirSync(folder().root))
        fs.rmSync(folder().at(name), { recursive: true });
      folder().write(old);
      if (!writeKilled(next, after)) break;
      expectRepaired(then, `after ${after} calls`);
    }
    expect(after).toBeGreaterThan(20);
  });

  test("and the next one too, is repaired by a third", () => {
    for (let after = 0; after < 45; after += 6)
      for (let again = 0; again < 45; again += 7) {
        folder().write(old);
        writeKilled(next, after);
        writeKilled(other, again);
        expectRepaired(old, `after ${after} and ${again} calls`);
      }
  });

  test("in an empty folder is repaired as well", () => {
    for (let after = 0; ; after++) {
      for (const name of fs.readdirSync(folder().root))
        fs.rmSync(folder().at(name), { recursive: true });
      if (!writeKilled(old, after)) break;
      expectRepaired(other, `after ${after} calls`);
    }
  });

  test("in a place that cannot be asked is taken for dead when nothing moves", () => {
    folder().write(old);
    writeKilled(next, 12);
    expect(findWork(folder().root)).toEqual([".xcatha.tmp"]);
    alive.answer = undefined;
    expectRepaired(other, "silent");
  });
});

describe("two runs at once", () => {
  const find = (contents: Readonly<Record<string, string>>) => () =>
    findChanges(folder().root, filesOf(contents), origin);

  test("are no mixture, though one slept while the other took over", () => {
    folder().write(old);
    const slow = applyChanges(
      folder().root,
      () => {
        const changes = find(next)();
        expect(folder().write(other)).toMatchObject({ ok: true });
        return changes;
      },
      { force: false },
    );
    expect(slow).toMatchObject({ ok: false, diagnostics: [{ code: "output-busy" }] });
    expect(folder().plan(other)).toEqual([]);
    expect(findWork(folder().root)).toEqual([]);
  });

  test("wait for each other, and not for ever", () => {
    folder().write(old);
    writeKilled(next, 12);
    alive.answer = true;
    expect(folder().write(other)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "output-busy", message: expect.stringContaining(`${process.pid}`) }],
    });
    expect(folder().read("roles/b/b.yml")).toBe("b: 1\n");
  });
});
