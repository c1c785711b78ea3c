import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { parse } from "yaml";
import type { RenderedFile } from "../../../src/render/types.js";
import { checkYaml } from "../render/check-yaml.js";

// Work on the compiler needs Node alone, so a machine may lack it. A machine for CI has it: there, its absence is a failure.
export const hasPyYaml: boolean =
  process.env["CI"] !== undefined || spawnSync("python3", ["-c", "import yaml"]).status === 0;

const program = `
import json, sys, yaml
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
json.dump([yaml.load(text, loader) for text in json.load(sys.stdin)], sys.stdout)
`;

/** What the parser that Ansible uses reads of each text. */
function pythonReads(texts: readonly string[]): readonly unknown[] {
  const settings = {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  } as const;
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program], settings);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Has files of YAML read by three readers, each text once. */
export class Readers {
  readonly #seen = new Set<string>();
  readonly #waiting: RenderedFile[] = [];
  /** How many texts PyYAML has read. */
  compared = 0;

  /** Throws unless `yaml` reads each file alike as YAML 1.1 and 1.2; keeps it for PyYAML. */
  read(files: readonly RenderedFile[]): void {
    for (const file of files.filter(({ path }) => path.endsWith(".yml"))) {
      const hash = createHash("sha256").update(file.text).digest("base64");
      if (this.#seen.has(hash)) continue;
      this.#seen.add(hash);
      checkYaml(file);
      this.#waiting.push(file);
    }
    if (this.#waiting.length > 2000) this.compare();
  }

  /** Throws unless PyYAML reads what is waiting as `yaml` does. */
  compare(): void {
    const files = this.#waiting.splice(0);
    if (!hasPyYaml || files.length === 0) return;
    const values = pythonReads(files.map(({ text }) => text));
    for (const [index, { path, text }] of files.entries())
      if (JSON.stringify(values[index]) !== JSON.stringify(parse(text)))
        throw new Error(`PyYAML reads another value of ${path}:\n${text}`);
    this.compared += files.length;
  }
}
