import { parse } from "yaml";
import type { Compiled } from "../../../src/index.js";

const jinja = (text: string): readonly string[] => text.match(/\{[{%#]/g) ?? [];

/**
 * What is left of a value without its texts: keys in their order, lengths, kinds, and where Jinja stands.
 * @param named whether keys are names of hosts and groups, which are texts too.
 */
function bones(value: unknown, named: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => bones(item, named));
  if (typeof value === "string") return ["text", ...jinja(value)];
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.entries(value).map(([key, item]) => [named ? "name" : key, bones(item, named)]);
}

/** Sections, keys and programs of a unit or a file of settings; comments and values are left out. */
const lines = (text: string): readonly string[] =>
  text.split("\n").map((line) => /^\s*(\[\w+\]|[\w-]+\s*=|#)?/.exec(line)?.[1] ?? "");

/** The path that a file has, whatever its pair, its hosts and its own services are called. */
function plainPath(path: string, { pair }: Compiled): string {
  const unit = /^roles\/host_kit\/files\/guard\/(.*)\.d\//.exec(path)?.[1];
  const own = pair.services.findIndex((service) =>
    [service.unit, `${service.unit}.service`].includes(unit ?? ""),
  );
  if (own >= 0) return `roles/host_kit/files/guard/OWN-${own}`;
  const [folder, name = ""] = path.split("/");
  if (folder === "group_vars") return path.replace(`/${pair.name}/`, "/PAIR/");
  if (folder !== "host_vars") return path;
  return `host_vars/${pair.hosts.findIndex((host) => name === host.name)}`;
}

const isYaml = (path: string): boolean => path.endsWith(".yml") || path === ".yamllint";

/** Most files of two models that differ in texts are the same. */
const known = new Map<string, unknown>();

function bonesOf(path: string, text: string): unknown {
  const key = `${path}\n${text}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = isYaml(path) ? bones(parse(text), path === "inventory.yml") : lines(text);
  if (known.size > 500) known.clear();
  known.set(key, value);
  return value;
}

/** The structure of all files, by path: of two models that differ in texts alone it is the same. */
export const skeleton = (compiled: Compiled): ReadonlyMap<string, unknown> =>
  new Map(
    compiled.files
      .map(({ path, text }): [string, unknown] => [plainPath(path, compiled), bonesOf(path, text)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
