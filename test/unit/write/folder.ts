import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { RenderedFile } from "../../../src/render/types.js";
import { applyChanges, type Change, findChanges, type Origin } from "../../../src/write/index.js";

export const origin: Origin = {
  version: "1.2.3",
  modelFile: "xcatha.yml",
  modelText: "platform: el9\n",
  pair: { name: "hamn", hosts: ["10.5.106.70", "10.5.106.5"] },
};

/** Content by path. */
export type Contents = Readonly<Record<string, string>>;

export const filesOf = (contents: Contents): readonly RenderedFile[] =>
  Object.entries(contents).map(([path, text]) => ({ path, text }));

/** An output folder of one test. */
export class Folder {
  readonly root = mkdtempSync(join(tmpdir(), "xcatha-write-"));

  at(path: string): string {
    return join(this.root, path);
  }
  put(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true });
    writeFileSync(this.at(path), text);
  }
  read(path: string): string {
    return readFileSync(this.at(path), "utf8");
  }
  has(path: string): boolean {
    return existsSync(this.at(path));
  }
  mode(path: string): number {
    return statSync(this.at(path)).mode & 0o777;
  }
  /** Makes a file look old, so that a later write shows. */
  age(path: string): number {
    utimesSync(this.at(path), 1000, 1000);
    return this.changed(path);
  }
  changed(path: string): number {
    return statSync(this.at(path)).mtimeMs;
  }
  /** Every file and its content; directories and links by their kind. */
  snapshot(): Record<string, string> {
    const walk = (folder: string): readonly [string, string][] =>
      readdirSync(this.at(folder), { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return [[path, "(directory)"], ...walk(path)];
        return [[path, entry.isFile() ? this.read(path) : "(other)"]];
      });
    return Object.fromEntries(walk(""));
  }
  changes(contents: Contents, model?: string): readonly Change[] {
    const file = model === undefined ? undefined : this.at(model);
    const found = findChanges(this.root, filesOf(contents), origin, file);
    if (!found.ok) throw new Error(JSON.stringify(found.diagnostics));
    return found.value;
  }
  /** What would be done, as `kind path`, or `reason path` for a conflict; unchanged files left out. */
  plan(contents: Contents, model?: string): readonly string[] {
    return this.changes(contents, model)
      .filter(({ kind }) => kind !== "unchanged")
      .map(
        (change) => `${change.kind === "conflict" ? change.reason : change.kind} ${change.path}`,
      );
  }
  write(contents: Contents, force = false, from = origin) {
    const find = () => findChanges(this.root, filesOf(contents), from);
    return applyChanges(this.root, find, { force });
  }
  remove(): void {
    chmodSync(this.root, 0o755);
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Gives each test of a file its own folder. */
export function useFolder(): () => Folder {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());
  return () => folder;
}
