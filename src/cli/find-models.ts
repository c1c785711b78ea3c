import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { isSystemError, systemErrorWords } from "../diagnostic/system-error.js";
import type { Diagnostic } from "../diagnostic/types.js";

/** What the arguments of a command name. */
export interface FoundModels {
  /** Each model's file once, as the user names it; `-` is standard input. */
  readonly files: readonly string[];
  /** Whether each pair wants a folder of its own: several models, or a folder of them, were named. */
  readonly several: boolean;
  /** Folders that hold none, or cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Which files of a folder are models: its other YAML may be playbooks. */
const isModelName = (name: string): boolean =>
  name === "xcatha.yml" || name.endsWith(".xcatha.yml");

const isSkipped = (name: string): boolean => name.startsWith(".") || name === "node_modules";

/** Models in a folder and below it, sorted. Links to folders are not followed. */
function modelsBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return isSkipped(entry.name) ? [] : modelsBelow(path);
      return isModelName(entry.name) ? [path] : [];
    });
}

/** What cannot be looked at is no folder: the reason is given when it is read as a file. */
function isFolder(path: string): boolean {
  try {
    return path !== "-" && statSync(path).isDirectory();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}

const emptyFolder = (file: string): Diagnostic => ({
  code: "folder-without-model",
  message: "There is no model in this folder, nor below it.",
  fix: "name the model's file, or call it xcatha.yml or NAME.xcatha.yml.",
  file,
});

/** The models of a folder, or why there are none. */
function modelsIn(folder: string): readonly string[] | Diagnostic {
  try {
    const files = modelsBelow(folder);
    return files.length > 0 ? files : emptyFolder(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return {
      code: "folder-unreadable",
      message: `The folder cannot be read: ${systemErrorWords(error)}.`,
      fix: "name a folder that you may read.",
      file: error.path ?? folder,
    };
  }
}

/** Finds the models that a command's arguments name: files, folders and `-`. */
export function findModels(words: readonly string[]): FoundModels {
  const found = words.map((word) => (isFolder(word) ? modelsIn(word) : [word]));
  const byPlace = new Map<string, string>();
  for (const file of found.flatMap((one) => ("code" in one ? [] : one))) {
    const place = file === "-" ? file : resolve(file);
    if (!byPlace.has(place)) byPlace.set(place, file);
  }
  return {
    files: [...byPlace.values()],
    several: words.length > 1 || words.some(isFolder),
    diagnostics: found.flatMap((one) => ("code" in one ? [one] : [])),
  };
}
