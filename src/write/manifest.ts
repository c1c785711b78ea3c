import type { RenderedFile } from "../render/types.js";
import { staysInside } from "./output-path.js";
import { sha256 } from "./sha256.js";

/** Name of the manifest in the output folder. */
export const manifestPath = ".xcatha.json";

/** Whose output it is. */
export interface PairIdentity {
  readonly name: string;
  /** The hosts' own addresses. */
  readonly hosts: readonly string[];
}

/** What the output was made by and from. */
export interface Origin {
  /** Version of xcatha. */
  readonly version: string;
  /** Base name of the model's file. */
  readonly modelFile: string;
  readonly modelText: string;
  readonly pair: PairIdentity;
}

/** What was written last. Whatever an older version did not write is undefined. */
export interface Manifest {
  /** By path, the SHA-256 of the content. */
  readonly files: ReadonlyMap<string, string>;
  readonly version: string | undefined;
  readonly modelFile: string | undefined;
  readonly pair: PairIdentity | undefined;
}

const sorted = (entries: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The manifest of an output, itself a file of it. Keys are sorted, so that it changes only where the output does. */
export function renderManifest(files: readonly RenderedFile[], origin: Origin): RenderedFile {
  const manifest = {
    files: sorted(files.map(({ path, text }) => [path, sha256(text)] as const)),
    // A checkout may have other line ends than the one in which this was written.
    model: { file: origin.modelFile, sha256: sha256(origin.modelText.replaceAll("\r\n", "\n")) },
    pair: origin.pair,
    version: origin.version,
  };
  return { path: manifestPath, text: `${JSON.stringify(manifest, null, 2)}\n` };
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** JSON whose root is a mapping; undefined for anything else. */
export function parseFields(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether a path may be read from a file that somebody else may have written. */
export const isOutputPath = (path: string): boolean => staysInside(path) && path !== manifestPath;

function pairOf(value: unknown): PairIdentity | undefined {
  const { name, hosts } = fieldsOf(value) ?? {};
  if (typeof name !== "string" || !Array.isArray(hosts)) return undefined;
  return { name, hosts: hosts.filter((host) => typeof host === "string") };
}

/** Reads back a manifest; undefined if it is none, or names a path outside its folder. */
export function parseManifest(text: string): Manifest | undefined {
  const manifest = parseFields(text);
  const files = fieldsOf(manifest?.["files"]);
  if (manifest === undefined || files === undefined) return undefined;
  const entries: [string, string][] = [];
  for (const [path, hash] of Object.entries(files)) {
    if (typeof hash !== "string" || !isOutputPath(path)) return undefined;
    entries.push([path, hash]);
  }
  return {
    files: new Map(entries),
    version: textOf(manifest["version"]),
    modelFile: textOf(fieldsOf(manifest["model"])?.["file"]),
    pair: pairOf(manifest["pair"]),
  };
}
