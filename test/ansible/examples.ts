import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** A folder of generated playbooks. */
export interface Example {
  readonly name: string;
  readonly directory: string;
}

/** The folders below `generated/` that hold playbooks. */
export function findExamples(generated: string): readonly Example[] {
  return readdirSync(generated)
    .sort()
    .map((name) => ({ name, directory: join(generated, name) }))
    .filter(({ directory }) => existsSync(join(directory, "ansible.cfg")));
}

/** The playbooks at the top of a folder, by file name. */
export function playbooksOf(directory: string): readonly string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith(".yml"));
  return names.filter((name) => isPlaybook(join(directory, name))).sort();
}

/** Every YAML file in a folder, as paths from there. */
export function yamlFilesOf(directory: string): readonly string[] {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".yml")).sort();
}

function isPlaybook(path: string): boolean {
  const plays: unknown = parse(readFileSync(path, "utf8"), { logLevel: "silent" });
  return Array.isArray(plays) && plays.some((play: object) => "hosts" in play || isImport(play));
}

function isImport(play: object): boolean {
  return Object.keys(play).some((key) => key.endsWith("import_playbook"));
}
