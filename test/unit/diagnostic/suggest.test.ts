import { describe, expect, test } from "vitest";
import { distance, suggest } from "../../../src/diagnostic/suggest.js";

describe("distance", () => {
  test.each([
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["netmask", "netmask", 0],
    ["netmsak", "netmask", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
  ])("%s to %s: %i", (from, to, edits) => {
    expect(distance(from, to)).toBe(edits);
    expect(distance(to, from)).toBe(edits);
  });
});

describe("suggest", () => {
  const known = ["console", "database", "dhcp", "dns", "nic"];
  test.each([
    ["consol", "console"],
    ["Database", "database"],
    ["dchp", "dhcp"],
    ["dsn", "dns"],
    ["fencing", undefined],
    ["xx", undefined],
    ["c".repeat(10_000), undefined],
  ])("%s: %s", (word, meant) => {
    expect(suggest(word, known)).toBe(meant);
  });

  test("takes the nearest, and of equals the first", () => {
    expect(suggest("el99", ["el8", "el9", "el10"])).toBe("el9");
    expect(suggest("el", ["el8", "el9"])).toBe("el8");
  });
});
