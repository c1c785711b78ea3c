import { isSystemError, systemErrorWords } from "../diagnostic/system-error.js";
import type { Result } from "../diagnostic/types.js";
import type { RenderedFile } from "../render/types.js";
import type { Change, Conflict, Reason } from "./change.js";
import { type Found, inspect } from "./inspect.js";
import {
  manifestPath,
  type Origin,
  parseManifest,
  renderManifest,
  type Written,
} from "./manifest.js";
import { staysInside } from "./output-path.js";
import { sha256 } from "./sha256.js";

const conflict = (
  path: string,
  reason: Reason,
  text: string | undefined,
  found: Found,
): Conflict => ({
  kind: "conflict",
  path,
  reason,
  at: "at" in found ? found.at : path,
  text,
  before: found.kind === "file" ? found.content.toString() : "",
});

function compare({ path, text }: RenderedFile, found: Found, hash: string | undefined): Change {
  if (found.kind === "absent") return { kind: "create", path, text };
  if (found.kind === "link") return conflict(path, "link", text, found);
  if (found.kind === "other") return conflict(path, "not-a-file", text, found);
  if (found.content.equals(Buffer.from(text))) return { kind: "unchanged", path, text };
  if (hash === undefined) return conflict(path, "foreign", text, found);
  if (hash !== sha256(found.content)) return conflict(path, "edited", text, found);
  return { kind: "update", path, text, before: found.content.toString() };
}

/** A listed file that is no longer generated; undefined if it is gone already. */
function orphan(path: string, hash: string, found: Found): Change | undefined {
  if (found.kind === "absent") return undefined;
  if (found.kind === "link") return conflict(path, "link", undefined, found);
  if (found.kind === "other") return conflict(path, "not-a-file", undefined, found);
  if (hash !== sha256(found.content)) return conflict(path, "edited-orphan", undefined, found);
  return { kind: "orphan", path, before: found.content.toString() };
}

function assertSound(files: readonly RenderedFile[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (!staysInside(path) || path === manifestPath)
      throw new Error(`${path} is generated, and is no path inside the output folder`);
    if (seen.has(path.toLowerCase())) throw new Error(`${path} is generated twice`);
    seen.add(path.toLowerCase());
  }
}

function manifestChange(manifest: RenderedFile, found: Found, written: Written | undefined) {
  if (found.kind === "file" && written === undefined)
    return conflict(manifestPath, "manifest-broken", manifest.text, found);
  const hash = found.kind === "file" ? sha256(found.content) : undefined;
  return compare(manifest, found, hash);
}

function compareAll(
  root: string,
  files: readonly RenderedFile[],
  origin: Origin,
  model: string | undefined,
): readonly Change[] {
  const old = inspect(root, manifestPath);
  const written = old.kind === "file" ? parseManifest(old.content.toString()) : undefined;
  const generated = new Set(files.map(({ path }) => path));
  const changes = [
    ...files.map((file) => {
      const found = inspect(root, file.path);
      return file.path === model
        ? conflict(file.path, "model", file.text, found)
        : compare(file, found, written?.get(file.path));
    }),
    ...[...(written ?? [])]
      .filter(([path]) => !generated.has(path) && path !== model)
      .map(([path, hash]) => orphan(path, hash, inspect(root, path)))
      .filter((change) => change !== undefined),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  return [...changes, manifestChange(renderManifest(files, origin), old, written)];
}

/**
 * Compares what is generated with what stands in a folder, which may be missing still. Changes nothing.
 * @param model where the model's file lies relative to the folder: it is never written over.
 * @returns one change per path, sorted by path, the manifest's last; or why the folder cannot be read.
 * @throws if `files` are unsound: a fault of ours.
 */
export function findChanges(
  root: string,
  files: readonly RenderedFile[],
  origin: Origin,
  model?: string,
): Result<readonly Change[]> {
  assertSound(files);
  try {
    return { ok: true, value: compareAll(root, files, origin, model) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const diagnostic = {
      code: "output-unreadable",
      message: `The output folder cannot be read: ${systemErrorWords(error)}.`,
      fix: "name a folder of your own with --out.",
      file: error.path ?? root,
    };
    return { ok: false, diagnostics: [diagnostic] };
  }
}
