import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readSource } from "../../../src/load/read-source.js";

const folder = mkdtempSync(join(tmpdir(), "xcatha-load-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const codeOf = (path: string): string | undefined => {
  const result = readSource(path);
  return result.ok ? undefined : result.diagnostics.map(({ code }) => code).join();
};

describe("readSource", () => {
  test("reads text under the name that it was given", () => {
    const path = file("good.yml", "a: ä\n");
    expect(readSource(path)).toEqual({ ok: true, value: { file: path, text: "a: ä\n" } });
  });

  test("drops a byte order mark", () => {
    expect(readSource(file("bom.yml", "\ufeffa: 1"))).toMatchObject({ value: { text: "a: 1" } });
  });

  test("takes a link to a file", () => {
    symlinkSync(file("target.yml", "a: 1"), join(folder, "link.yml"));
    expect(codeOf(join(folder, "link.yml"))).toBeUndefined();
  });

  test.each([
    ["missing", () => join(folder, "nowhere.yml"), "model-missing"],
    ["below a file", () => join(file("plain", ""), "x.yml"), "model-unreadable"],
    ["a name with a zero", () => "a\0b", "model-unreadable"],
    ["a directory", () => folder, "model-directory"],
    ["a device", () => "/dev/zero", "model-not-file"],
    ["binary", () => file("binary.yml", Buffer.from([0x61, 0])), "model-binary"],
    ["UTF-16", () => file("utf16.yml", Buffer.from("\ufeffa: 1", "utf16le")), "model-binary"],
    ["Latin-1", () => file("latin.yml", Buffer.from([0x61, 0xe4])), "model-not-utf8"],
    ["huge", () => file("huge.yml", "#".repeat(256 * 1024 + 1)), "model-too-large"],
    // A regular file, by its status, that even root cannot read.
    ["a file that fails while read", () => "/proc/self/mem", "model-unreadable"],
  ])("%s", (_name, path, code) => {
    expect(codeOf(path())).toBe(code);
  });
});
