import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { helperNames } from "../../../src/render/handlebars.js";
import { inspectTemplate } from "./template-rules.js";

const root = fileURLToPath(new URL("../../../templates/", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".hbs"))
  .sort();
const partialFiles = files.filter((path) => path.startsWith("partials/"));
const vocabulary = {
  helpers: new Set(helperNames),
  partials: new Set(partialFiles.map((path) => basename(path, ".hbs"))),
};
const inspect = (path: string) =>
  inspectTemplate(readFileSync(join(root, path), "utf8"), vocabulary);

describe("the templates", () => {
  test("are there, and nothing else lies beside them", () => {
    expect(files.length).toBeGreaterThan(20);
    const others = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".hbs"))
      // The kit's programs are no templates: they are copied as they are.
      .filter((entry) => entry.parentPath !== join(root, "kit/libexec"))
      .map((entry) => entry.name);
    expect(others).toEqual([]);
  });

  test("name no partial twice", () => {
    expect(vocabulary.partials.size).toBe(partialFiles.length);
  });

  // The message of a command that failed is Ansible's: "non-zero return code".
  test("tell a failure in the words of what failed, before Ansible's own", () => {
    const kept = files.flatMap((path) =>
      [
        ...readFileSync(join(root, path), "utf8").matchAll(
          /^.*\n?.*ansible_failed_result\.msg.*/gm,
        ),
      ].map(([lines]) => ({ path, lines })),
    );
    expect(kept.length).toBeGreaterThan(4);
    expect(
      kept.filter(
        ({ lines }) =>
          !/\.(stderr|stdout) \| default\(('', true\)\s+or|ansible_failed_result\.msg, true)/.test(
            lines,
          ),
      ),
    ).toEqual([]);
  });

  test("use every partial", () => {
    const called = new Set(files.flatMap((path) => [...inspect(path).calls]));
    expect([...vocabulary.partials].filter((name) => !called.has(name))).toEqual([]);
  });

  test.each(files)("%s keeps to the rules", (path) => {
    expect(inspect(path).problems).toEqual([]);
  });
});

describe("the rules", () => {
  const known = { helpers: new Set(["yaml", "name", "same"]), partials: new Set(["owner"]) };
  const problemsIn = (source: string) => inspectTemplate(`${source}\n`, known).problems;

  test.each([
    ["a quoted value", "- name: {{yaml title}}"],
    ["a bare word", "  register: {{name register}}"],
    ["a helper's answer as a value", "{{#if (same a b)}}\nx: 1\n{{/if}}"],
    ["control flow", "{{#each units}}\n- {{yaml this}}\n{{else}}\n[]\n{{/each}}"],
    ["a chain of conditions", "{{#if a}}\na\n{{else if b}}\nb\n{{/if}}"],
    ["a partial", "  {{> owner}}"],
    ["Jinja", 'msg: "\\{{ xcatha_virtual_address }} of \\{{ inventory_hostname }}"'],
    ["Jinja with a helper inside", 'msg: "\\{{ hostvars[{{yaml peer}}] }}"'],
    ["Jinja with braces of its own", "x: \"\\{{ {'a': {'b': '}}'}} | combine({}) }}\""],
    ["a shell's braces", `run: echo \${HOME} \${1%%/*} | awk '{print $1}'`],
    ["a comment on a line of its own", "{{! Why it is so. }}\nx: 1"],
    ["a long comment", "{{!-- Why it is so:\n      {{yaml x}} --}}\nx: 1"],
  ])("allow %s", (_, source) => {
    expect(problemsIn(source)).toEqual([]);
  });

  test.each([
    ["a plain value", "x: {{title}}", "line 1: {{title}} is no helper"],
    ["a value by path", "x: {{step.title}}", "{{step.title}} is no helper"],
    ["the current item", "{{#each a}}\n- {{this}}\n{{/each}}", "line 2: {{this}} is no helper"],
    ["data of the loop", "{{#each a}}\n- {{@index}}\n{{/each}}", "is no helper"],
    ["Jinja that is not escaped", "x: {{ xcatha_name }}", "{{xcatha_name}} is no helper"],
    ["Jinja with a filter", "x: {{ xcatha_name | quote }}", "does not parse (Jinja is written"],
    ["Jinja that calls", "x: {{ lookup('env', 'HOME') }}", "does not parse"],
    ["an unknown helper", "x: {{json title}}", "{{json}} is no helper"],
    ["an unknown helper inside", "x: {{yaml (json title)}}", "(json) is not a helper"],
    ["one deep inside", "{{#if (same (json a) b)}}\n{{/if}}", "(json) is not a helper"],
    ["one in a named argument", "x: {{yaml title as=(json a)}}", "(json) is not a helper"],
    ["a helper without a value", "x: {{yaml}}", "{{yaml}} has no value"],
    ["a literal in place of a helper", 'x: {{"text"}}', "is no helper"],
    ["three braces", "x: {{{yaml title}}}", "stands in {{{ }}}"],
    ["an ampersand", "x: {{& yaml title}}", "stands in {{{ }}} or {{& }}"],
    ["another block", "{{#with a}}\nx: 1\n{{/with}}", "{{#with}} is not if, unless or each"],
    ["a section", "{{#a}}\nx: 1\n{{/a}}", "{{#a}} is not if, unless or each"],
    ["an inverse section", "{{^a}}\nx: 1\n{{/a}}", "{{#a}} is not if, unless or each"],
    ["a fault in else", "{{#if a}}\na\n{{else}}\n{{b}}\n{{/if}}", "line 4: {{b}} is no helper"],
    ["a raw block", "{{{{yaml}}}} x {{{{/yaml}}}}", "has a raw block"],
    ["an inline partial", '{{#*inline "a"}}x{{/inline}}', "DecoratorBlock is not used"],
    ["a decorator", "{{* a}}", "Decorator is not used"],
    ["a block partial", "{{#> owner}}x{{/owner}}", "PartialBlockStatement is not used"],
    ["a computed partial", "{{> (yaml a)}}", "computed name"],
    ["a partial that is not there", "{{> nobody}}", "partial nobody does not exist"],
    ["a comment within a line", "x: 1 {{! why }}", "shares its line with output"],
    ["a comment that ends early", "{{! not {{yaml x}} here }}", "shares its line with output"],
    ["Jinja that nothing closes", "x: \\{{ a", "opens a Jinja expression that nothing closes"],
    ["a closing that nothing opened", "x: a }}", "closes a Jinja expression that nothing opened"],
    ["Jinja across a block", "{{#if a}}\nx: \\{{ b\n{{/if}}\n }}", "nothing closes"],
    ["a Jinja comment by accident", `run: echo \${#list}`, "opens a Jinja comment"],
    ["a backslash before a helper", "x: \\\\{{yaml a}}", "has a backslash before a helper"],
    ["a tab", "\tx: 1", "has a tab"],
    ["a carriage return", "x: 1\r", "has a carriage return"],
    ["a blank at the end of a line", "x: 1 ", "line 1: ends with a blank"],
  ])("refuse %s", (_, source, problem) => {
    expect(problemsIn(source).join("\n")).toContain(problem);
  });

  test("refuse a template without a newline at its end", () => {
    expect(inspectTemplate("x: 1", known).problems).toEqual(["does not end with a newline"]);
  });
});
