import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { useFolder } from "./folder.js";
import { type Dialogue, typed } from "./terminal.js";
import { xcatha } from "./xcatha.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = useFolder();
const at = (path: string): string => join(folder(), path);

const options = [
  ...["--host1", "mn1=10.5.106.70", "--host2", "mn2=10.5.106.5", "--shared", "/HA-data"],
  ...["--nic", "eth0", "--vip", "10.5.106.50", "--netmask", "24", "--platform", "el9"],
  ...["--hostname", "xcat", "--database", "mariadb"],
];

describe("xcatha init without a terminal", () => {
  test("writes a model that is right, and the schema beside it", () => {
    mkdirSync(at("site"));
    const run = xcatha(folder(), ["init", "site/xcatha.yml", ...options]);
    expect(run).toMatchObject({ status: 0, stdout: "" });
    expect(run.stderr).toMatch(/\nNext: xcatha validate site\/xcatha\.yml\n$/);
    expect(readdirSync(at("site"))).toEqual(["xcatha.schema.json", "xcatha.yml"]);
    expect(readFileSync(at("site/xcatha.schema.json"), "utf8")).toBe(
      readFileSync(join(root, "dist/model/schema.json"), "utf8"),
    );
    expect(xcatha(folder(), ["validate", "site/xcatha.yml"])).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("pair xcat, hosts mn1 and mn2, on el9"),
    });
    expect(xcatha(folder(), ["generate", "site/xcatha.yml"]).status).toBe(0);
    expect(readFileSync(at("site/xcatha.yml"), "utf8")).not.toMatch(/^ +fencing:/m);
  });

  test("takes a fencing command for both hosts", () => {
    const fencing = ["--fencing", "ipmitool -H HOST-bmc power"];
    expect(xcatha(folder(), ["init", ...options, ...fencing]).status).toBe(0);
    expect(readFileSync(at("xcatha.yml"), "utf8")).toContain(
      "off: ipmitool -H mn2-bmc power off\n",
    );
    expect(xcatha(folder(), ["validate"]).status).toBe(0);
  });

  test("names the options that it needs: nothing is written", () => {
    const run = xcatha(folder(), ["init", ...options.slice(0, 4), "--vip", "10.5.106.5"]);
    expect(run).toMatchObject({ status: 2, stdout: "" });
    expect(run.stderr).toMatch(
      /^--vip\nThe virtual IP 10\.5\.106\.5 is .*\n(.*\n)*Nothing was written\.\n$/,
    );
    expect(readdirSync(folder())).toEqual([]);
  });

  test.each([
    ["a file", () => writeFileSync(at("xcatha.yml"), "mine\n")],
    ["a link that leads nowhere", () => symlinkSync("nowhere", at("xcatha.yml"))],
    ["another schema", () => writeFileSync(at("xcatha.schema.json"), "{}\n")],
  ])("never overwrites %s", (_, arrange) => {
    arrange();
    const before = readdirSync(folder());
    const run = xcatha(folder(), ["init", ...options]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("There is a file of this name, which is never overwritten.\n");
    expect(readdirSync(folder())).toEqual(before);
  });

  test("takes a schema that is the same already", () => {
    writeFileSync(at("xcatha.schema.json"), xcatha(folder(), ["schema"]).stdout);
    expect(xcatha(folder(), ["init", ...options]).status).toBe(0);
  });

  test("in a folder that is not there, or may not be written: one message, nothing is left", () => {
    expect(xcatha(folder(), ["init", "no/xcatha.yml", ...options])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("no such file or directory"),
    });
    mkdirSync(at("locked"), { mode: 0o500 });
    const words = ["init", "locked/xcatha.yml", ...options];
    expect(xcatha(folder(), words, { boundByModes: true })).toMatchObject({ status: 1 });
    expect(readdirSync(at("locked"))).toEqual([]);
  });

  test("--help is help on init, and explains each option", () => {
    const run = xcatha(folder(), ["init", "--help"]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toMatch(/^Usage: xcatha init \[options\] \[model\]\n/);
    for (const option of options.filter((word) => word.startsWith("--")))
      expect(run.stdout).toContain(`  ${option} <`);
  });
});

/** `xcatha` on a real terminal. */
const onTerminal = (dialogue: Dialogue, words: readonly string[]) =>
  typed(folder(), [process.execPath, join(root, "dist/cli/bin.js"), ...words], dialogue);

describe("xcatha init on a terminal", () => {
  test("asks one question after the other, and again until an answer is right", () => {
    const { status, seen } = onTerminal(
      [
        ["makes active", "mn1=10.5.106.70\r"],
        ["other host", "mn1=10.5.106.5\r"],
        ["is the name of the other host too", "\u007f".repeat(16)],
        ["", "mn2=10.5.106.5\r"],
        ["both hosts can reach", "/HA-data\r"],
        ["network interface", "eth0\r"],
        ["virtual IP: a free", "10.5.106.50\r"],
        ["netmask", "24\r"],
        ["Linux of both", "\r"],
        ["hostname of whichever", "xcat\r"],
        ["tables in", "\r"],
        ["Power control", "ipmitool -H bmc power\r"],
        ["write HOST where", `${"\u007f".repeat(9)}HOST-bmc power\r`],
      ],
      ["init"],
    );
    expect({ status, seen }).toMatchObject({ status: 0 });
    expect(readdirSync(folder())).toEqual(["xcatha.schema.json", "xcatha.yml"]);
    const text = readFileSync(at("xcatha.yml"), "utf8");
    expect(text).toContain("- name: mn2\n    address: 10.5.106.5\n");
    expect(text).toContain("database: postgresql\n");
    expect(text).toContain("status: ipmitool -H mn2-bmc power status\n");
    expect(xcatha(folder(), ["validate"]).status).toBe(0);
  });

  test("Ctrl-C writes nothing", () => {
    const { status, seen } = onTerminal(
      [
        ["makes active", "mn1=10.5.106.70\r"],
        ["other host", "\u0003"],
      ],
      ["init"],
    );
    expect({ status, seen }).toMatchObject({
      status: 1,
      seen: expect.stringContaining("Nothing was written."),
    });
    expect(readdirSync(folder())).toEqual([]);
  });
});
