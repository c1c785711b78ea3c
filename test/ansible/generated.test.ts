import { existsSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkoutDirectory } from "../lab/harness/paths.js";
import { ANSIBLE_VERSIONS, type AnsibleVersion } from "../lab/harness/toolchain.js";
import { FULL } from "../lab/selection.js";
import { Checkout } from "./checkout.js";
import { findExamples, playbooksOf, yamlFilesOf } from "./examples.js";
import { ansibleLint, type LintResult, syntaxCheck, yamllint } from "./tools.js";

const examples = findExamples(join(checkoutDirectory(), "generated"));
const names = examples.map(({ name }) => name);
const cases = ANSIBLE_VERSIONS.flatMap((version) => names.map((name) => [name, version] as const));

/** The older linter takes long: it looks at the examples that have the most between them, and at all in a full run. */
const BROADEST = ["debian12-postgresql", "el9-bind-device", "every-option"];
const lintedWith = (version: AnsibleVersion) =>
  FULL || version !== ANSIBLE_VERSIONS[0]
    ? examples
    : examples.filter(({ name }) => BROADEST.includes(name));

test("there are examples that span the catalog", () => {
  expect(names.length).toBeGreaterThanOrEqual(6);
});

describe("ansible-lint, profile production", () => {
  const checkouts: Checkout[] = [];
  let results: ReadonlyMap<AnsibleVersion, LintResult>;

  beforeAll(async () => {
    results = new Map(
      await Promise.all(
        ANSIBLE_VERSIONS.map(async (version) => {
          const checkout = await Checkout.create(lintedWith(version));
          checkouts.push(checkout);
          return [version, await ansibleLint(version, checkout.directory)] as const;
        }),
      ),
    );
  });
  afterAll(() => Promise.all(checkouts.map((checkout) => checkout.remove())));

  test.each(ANSIBLE_VERSIONS)("with ansible-core %s looks at every file", (version) => {
    const examined = results.get(version)?.examined ?? new Map<string, string>();
    expect(lintedWith(version).length).toBeGreaterThanOrEqual(3);
    for (const { name, directory } of lintedWith(version)) {
      const files = yamlFilesOf(directory).map((file) => `${name}/${file}`);
      expect(files.filter((file) => !examined.has(file))).toEqual([]);
      for (const playbook of playbooksOf(directory)) {
        expect(examined.get(`${name}/${playbook}`), playbook).toBe("playbook");
      }
    }
  });

  test.each(ANSIBLE_VERSIONS)("with ansible-core %s finds nothing", (version) => {
    const result = results.get(version);
    expect(result?.findings).toEqual([]);
    expect(result?.code, result?.stderr.slice(-2000)).toBe(0);
  });
});

describe.concurrent("a fault that was put in", () => {
  test.each(ANSIBLE_VERSIONS)("is found with ansible-core %s", async (version) => {
    const checkout = await Checkout.create(examples.slice(0, 1));
    try {
      const folder = checkout.folder(names[0] ?? "");
      const tasks = yamlFilesOf(folder).filter((file) => /^roles\/[^/]+\/tasks\//.test(file));
      const fault = "\n- name: A fault\n  command: hostname\n";
      for (const file of tasks) await appendFile(join(folder, file), fault);
      const { code, findings } = await ansibleLint(version, checkout.directory);
      expect(code).not.toBe(0);
      expect(tasks.length).toBeGreaterThan(0);
      for (const file of tasks) {
        const found = findings.filter((finding) => finding.startsWith(`${names[0]}/${file}:`));
        expect(found.join("\n"), file).toContain("fqcn[action-core]");
      }
    } finally {
      await checkout.remove();
    }
  });
});

describe.concurrent("each example", () => {
  const checkout = Checkout.create(examples);
  afterAll(async () => (await checkout).remove());

  test.each(cases)("%s passes the syntax check of ansible-core %s", async (name, version) => {
    const folder = (await checkout).folder(name);
    expect(existsSync(join(folder, "setup.yml"))).toBe(true);
    const result = await syntaxCheck(version, folder);
    expect(result.code, result.stdout + result.stderr).toBe(0);
  });

  test.each(cases)("%s passes the yamllint beside ansible-core %s", async (name, version) => {
    const result = await yamllint(version, (await checkout).folder(name));
    expect(result.code, result.stdout + result.stderr).toBe(0);
  });
});
