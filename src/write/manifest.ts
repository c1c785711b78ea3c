import type { RenderedFile } from "../render/types.js";
import { staysInside } from "./output-path.js";
import { sha256 } from "./sha256.js";

/** Name of the manifest in the output folder. */
export const manifestPath = ".xcatha.json";

/** What the output was made by and from. */
export interface Origin {
  /** Version of xcatha. */
  readonly version: string;
  /** Base name of the model's file. */
  readonly modelFile: string;
  readonly modelText: string;
}

/** What was written last: by path, the SHA-256 of the content. */
export type Written = ReadonlyMap<string, string>;

const sorted = (entries: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The manifest of an output, itself a file of it. Keys are sorted, so that it changes only where the output does. */
export function renderManifest(files: readonly RenderedFile[], origin: Origin): RenderedFile {
  const manifest = {
    files: sorted(files.map(({ path, text }) => [path, sha256(text)] as const)),
    // A checkout may have other line ends than the one in which this was written.
    model: { file: origin.modelFile, sha256: sha256(origin.modelText.replaceAll("\r\n", "\n")) },
    version: origin.version,
  };
  return { path: manifestPath, text: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** Reads back what a manifest says was written; undefined if it is none, or names a path outside its folder. */
export function parseManifest(text: string): Written | undefined {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return undefined;
  }
  const files: unknown = (manifest as { files?: unknown } | null)?.files;
  if (typeof files !== "object" || files === null || Array.isArray(files)) return undefined;
  const entries: [string, string][] = [];
  for (const [path, hash] of Object.entries(files)) {
    if (typeof hash !== "string" || !staysInside(path) || path === manifestPath) return undefined;
    entries.push([path, hash]);
  }
  return new Map(entries);
}
