import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ansibleRange, ansibleTested } from "../../src/catalog/ansible.js";
import { platforms } from "../../src/catalog/index.js";
import { exit } from "../../src/cli/exit.js";
import { exampleNames, generate, pairOf, readExampleModel } from "../golden/examples.js";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): string => readFileSync(`${checkout}${path}`, "utf8");

const readme = read("README.md");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** Code blocks of a language; those without one have the language "". */
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , code = ""]) => code);

const documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "test/lab/README.md"];

describe.each(documents)("%s", (document) => {
  const text = read(document);

  test("names npm scripts that are there", () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("links to files that are there", () => {
    const folder = document.slice(0, document.lastIndexOf("/") + 1);
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = ""]) => link);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(`${checkout}${folder}${link}`))).toEqual([]);
  });

  test("names tests and scripts by paths that are there", () => {
    const paths = [...text.matchAll(/(?<=[\s`])(?:test|src|\.ci)\/[\w./-]+\w/g)].map(
      ([path]) => path,
    );
    const real = paths.filter((path) => !path.includes("NAME"));
    expect(real.filter((path) => !existsSync(`${checkout}${path}`))).toEqual([]);
  });
});

describe("the README", () => {
  test("gives two commands that do everything, and CI runs the second", () => {
    const [demo = "", all = ""] = blocks(readme, "");
    expect([demo, all]).toEqual(["npm ci && npm run demo\n", "npm ci && npm run test:all\n"]);
    expect(read(".ci/run").split("\n")).toContain(all.trimEnd());
  });

  test("has a first model that is right, and that an example generates", () => {
    const [model = ""] = blocks(readme, "yaml");
    expect(model.trimEnd().split("\n").length).toBe(4);
    expect(pairOf(model).name).toBe("hamn");
    expect(exampleNames.map(readExampleModel)).toContain(model);
  });

  test("shows every file and folder at the top of what the first model generates", () => {
    const [model = ""] = blocks(readme, "yaml");
    const tree = blocks(readme, "").find((block) => block.includes(".xcatha.json")) ?? "";
    const shown = new Set(tree.match(/[\w./-]+/g));
    const top = [...generate(model).keys()].map((path) => path.replace(/^roles\/.*/, "roles/"));
    const hidden = [".yamllint", ".gitattributes"];
    expect([...new Set(top)].filter((path) => !shown.has(path) && !hidden.includes(path))).toEqual(
      [],
    );
  });

  test("lists the catalog's platforms, with the default console and DHCP server first", () => {
    const words = (kinds: object, first: string): string =>
      [first, ...Object.keys(kinds).filter((kind) => kind !== first)].join(", ");
    const rows = platforms.map(
      ({ name, title, console, dhcp, defaults }) =>
        `| \`${name}\` | ${title} | ${words(console, defaults.console)} | ${words(dhcp, defaults.dhcp)} |`,
    );
    const ranges = platforms.map((platform) => {
      const { from, to } = ansibleRange(platform);
      return ` ${platform.python} | ${from} to ${to} |`;
    });
    const table = rows.map((row, index) => `${row}${ranges[index]}\n`).join("");
    expect(readme).toContain(`| --- | --- | --- | --- | --- | --- |\n${table}\n`);
    expect(readme).toContain(`ansible-core ${ansibleTested.from} to ${ansibleTested.to} (`);
  });

  test("gives each exit code its meaning", () => {
    const codes = [...readme.matchAll(/^\| (\d) \| /gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(exit));
  });
});
