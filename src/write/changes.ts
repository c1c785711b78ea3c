import { statSync } from "node:fs";
import { isSystemError, systemErrorWords } from "../diagnostic/system-error.js";
import type { Result } from "../diagnostic/types.js";
import type { RenderedFile } from "../render/types.js";
import type { Change, Conflict, Reason } from "./change.js";
import { type Found, idOf, inspect } from "./inspect.js";
import { entriesOf, readJournals, unite } from "./journal.js";
import { folderFault } from "./make-folder.js";
import {
  type Manifest,
  manifestPath,
  type Origin,
  parseManifest,
  renderManifest,
} from "./manifest.js";
import { staysInside } from "./output-path.js";
import { sha256 } from "./sha256.js";
import { strangeness } from "./whose.js";

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

/** Empty, or what a file system shows in place of what a power cut lost. */
const isBlank = (content: Buffer): boolean => content.every((byte) => byte === 0);

/** Whether xcatha wrote this content, but for the line ends that a checkout may change. */
const isOwn = (content: Buffer, hashes: ReadonlySet<string>): boolean =>
  hashes.has(sha256(content)) ||
  isBlank(content) ||
  (content.includes("\r\n") && hashes.has(sha256(content.toString().replaceAll("\r\n", "\n"))));

const nothing: ReadonlySet<string> = new Set();

/** The model's own file, by whatever name, is never written to. */
const isModel = (found: Found, model: string | undefined): boolean =>
  found.kind === "file" && model !== undefined && found.id === model;

function compare(
  { path, text }: RenderedFile,
  found: Found,
  hashes: ReadonlySet<string> = nothing,
): Change {
  if (found.kind === "absent") return { kind: "create", path, text };
  if (found.kind === "link") return conflict(path, "link", text, found);
  if (found.kind === "other") return conflict(path, "not-a-file", text, found);
  if (found.content.equals(Buffer.from(text))) return { kind: "unchanged", path, text };
  if (hashes.size === 0) return conflict(path, "foreign", text, found);
  if (!isOwn(found.content, hashes)) return conflict(path, "edited", text, found);
  return { kind: "update", path, text, before: found.content.toString() };
}

/** A listed file that is no longer generated; undefined if it is gone already. */
function orphan(path: string, hashes: ReadonlySet<string>, found: Found): Change | undefined {
  if (found.kind === "absent") return undefined;
  if (found.kind === "link") return conflict(path, "link", undefined, found);
  if (found.kind === "other") return conflict(path, "not-a-file", undefined, found);
  if (!isOwn(found.content, hashes)) return conflict(path, "edited-orphan", undefined, found);
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

function manifestChange(
  manifest: RenderedFile,
  found: Found,
  old: Manifest | undefined,
  origin: Origin,
): Change {
  if (found.kind !== "file") return compare(manifest, found);
  if (old === undefined && !isBlank(found.content))
    return conflict(manifestPath, "manifest-broken", manifest.text, found);
  const reason = old && strangeness(old, origin);
  if (reason !== undefined) return conflict(manifestPath, reason, manifest.text, found);
  return compare(manifest, found, new Set([sha256(found.content)]));
}

function compareAll(
  root: string,
  files: readonly RenderedFile[],
  origin: Origin,
  model: string | undefined,
): readonly Change[] {
  const found = inspect(root, manifestPath);
  const old = found.kind === "file" ? parseManifest(found.content.toString()) : undefined;
  const own = unite(...(old?.files ?? []), ...entriesOf(readJournals(root)));
  const generated = new Set(files.map(({ path }) => path));
  const changes = [
    ...files.map((file) => {
      const there = inspect(root, file.path);
      return isModel(there, model)
        ? conflict(file.path, "model", file.text, there)
        : compare(file, there, own.get(file.path));
    }),
    ...[...own].flatMap(([path, hashes]) => {
      if (generated.has(path)) return [];
      const there = inspect(root, path);
      return isModel(there, model) ? [] : (orphan(path, hashes, there) ?? []);
    }),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  return [...changes, manifestChange(renderManifest(files, origin), found, old, origin)];
}

/**
 * Compares what is generated with what stands in a folder, which may be missing still. Changes nothing.
 * @param model the model's file: it is never written over.
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
    const fault = folderFault(root);
    if (fault !== undefined) return { ok: false, diagnostics: [fault] };
    const id = model === undefined ? undefined : idOf(statSync(model));
    return { ok: true, value: compareAll(root, files, origin, id) };
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
