import { diffLines } from "diff";
import { describe, expect, test } from "vitest";
import { manifestPath } from "../../src/write/manifest.js";
import {
  exampleEntries,
  exampleNames,
  filesOnDisk,
  generate,
  modelFile,
  pairOf,
  readExampleModel,
} from "./examples.js";

// When these fail after a change that is meant to alter the output: `npm run generated`, then read
// the difference. Nothing here writes.

describe("the worked examples", () => {
  test("are at least six folders, and nothing lies loose beside them", () => {
    const loose = exampleEntries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    expect(loose.filter((name) => name !== "README.md")).toEqual([]);
    expect(exampleNames.length).toBeGreaterThanOrEqual(6);
  });

  test("span the catalog", () => {
    const pairs = exampleNames.map((example) => pairOf(readExampleModel(example)));
    const kinds = pairs.map((pair) => `${pair.platform} ${pair.database}`);
    expect(kinds).toEqual(
      expect.arrayContaining([
        "el9 postgresql",
        "sles15 mariadb",
        "ubuntu24 postgresql",
        "debian12 sqlite",
      ]),
    );
    expect(pairs.some(({ shared }) => shared.method === "bind" && shared.device !== null)).toBe(
      true,
    );
    expect(pairs.some(({ services, shared }) => services.length > 0 && shared.add.length > 0)).toBe(
      true,
    );
  });
});

describe.each(exampleNames)("generated/%s", (example) => {
  const text = readExampleModel(example);
  const onDisk = filesOnDisk(example);
  const generated = generate(text);

  test("has every file that its model generates, and no other", () => {
    expect([...onDisk.keys()].sort()).toEqual([...generated.keys(), modelFile].sort());
  });

  test("is what its model generates, byte for byte", () => {
    const stale = [...generated].filter(
      ([path, wanted]) => onDisk.get(path)?.equals(Buffer.from(wanted)) === false,
    );
    const [first] = stale;
    if (first !== undefined) expect(onDisk.get(first[0])?.toString()).toBe(first[1]);
    expect(stale.map(([path]) => path)).toEqual([]);
  });

  test("is text: UTF-8 without a mark, LF, a newline at each file's end", () => {
    const faulty = [...onDisk].filter(([, content]) => {
      const read = content.toString("utf8");
      return (
        content.includes("\r") ||
        !content.equals(Buffer.from(read)) ||
        read.startsWith("\uFEFF") ||
        !read.endsWith("\n") ||
        read.endsWith("\n\n")
      );
    });
    expect(faulty.map(([path]) => path)).toEqual([]);
  });

  test("comes out the same every time", () => {
    expect(generate(text)).toEqual(generated);
  });

  test("changes in few lines, and in no role, when the virtual IP does", () => {
    const address = pairOf(text).virtual.address;
    const other = otherAddress(text, address);
    const after = generate(replaceOnce(text, address, other));
    expect([...after.keys()]).toEqual([...generated.keys()]);

    const changed = [...generated].filter(
      ([path, before]) => path !== manifestPath && after.get(path) !== before,
    );
    const paths = changed.map(([path]) => path);
    expect(paths.filter((path) => path.startsWith("roles/"))).toEqual([]);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.length).toBeLessThanOrEqual(3);
    for (const [path, before] of changed) {
      for (const part of diffLines(before, after.get(path) ?? "")) {
        if (part.added === true) expect(part.value).toContain(other);
        if (part.removed === true) expect(part.value).toContain(address);
      }
    }
  });
});

function replaceOnce(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${from} stands ${parts.length - 1} times in the model`);
  return parts.join(to);
}

/** The nearest address below the virtual IP that the model accepts in its place. */
function otherAddress(text: string, address: string): string {
  const [, head = "", tail = ""] = /^(.*\.)(\d+)$/.exec(address) ?? [];
  for (let last = Number(tail) - 1; last > 0; last -= 1) {
    const other = `${head}${last}`;
    try {
      pairOf(replaceOnce(text, address, other));
      return other;
    } catch {
      // Taken by a host, or outside the subnet.
    }
  }
  throw new Error(`no other address for ${address}`);
}
