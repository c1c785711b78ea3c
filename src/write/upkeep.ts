import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../diagnostic/types.js";

/** Groups that every inventory has, beside the pair's. */
const everywhere = ["all", "ungrouped", "xcatha"];

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Variables of groups or of hosts, each file with the name that it is for, and whether it is all that Ansible reads for it. */
function variableFiles(root: string, folder: "group_vars" | "host_vars") {
  return entriesIn(join(root, folder)).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    const inside = entry.isDirectory()
      ? entriesIn(join(root, path)).map(({ name }) => `${path}/${name}`)
      : [path];
    const name = entry.isDirectory() ? entry.name : entry.name.replace(/\.(ya?ml|json)$/, "");
    return inside.map((file) => ({ file, name, whole: !entry.isDirectory() }));
  });
}

const unread = (file: string, name: string): Diagnostic => ({
  code: "output-unread",
  severity: "warning",
  message: `Nothing in the inventory is named ${name}, so Ansible does not read this file.`,
  fix: "move what it says to the present name, or remove it.",
  file,
});

const shadowed = (file: string, folder: string): Diagnostic => ({
  code: "output-shadowed",
  severity: "warning",
  message: `Ansible does not read this file: of the same name there is the folder ${folder}, which it reads in its place.`,
  fix: `git mv ${file} ${folder}/site.yml`,
  file,
});

const clearVault = (file: string): Diagnostic => ({
  code: "vault-clear",
  severity: "warning",
  message: "This vault is not encrypted.",
  why: "Whoever reads the repository reads the password.",
  fix: `ansible-vault encrypt ${file}`,
  file,
});

/** A file as a whole, or a value in it. */
function isEncrypted(file: string): boolean {
  try {
    const text = readFileSync(file, "utf8");
    return text.startsWith("$ANSIBLE_VAULT;") || text.includes("!vault") || text.trim() === "";
  } catch {
    // Nobody else reads it either.
    return true;
  }
}

/**
 * The user's own files of variables that need a look: left under a name that is no longer in the inventory, hidden by a
 * generated folder, or a vault in clear text. Paths are relative to the folder.
 * @param generated what xcatha itself writes there.
 * @param leaving what it wrote once, and removes.
 */
export function findNeglected(
  root: string,
  generated: readonly string[],
  leaving: readonly string[] = [],
): readonly Diagnostic[] {
  const vault = isEncrypted(join(root, "vault.yml")) ? [] : [clearVault("vault.yml")];
  const variables = (["group_vars", "host_vars"] as const).flatMap((folder) => {
    const own = generated.filter((path) => path.startsWith(`${folder}/`));
    const names = own.map((path) => path.split("/")[1]);
    const known = new Set([...names, ...(folder === "group_vars" ? everywhere : ["localhost"])]);
    return variableFiles(root, folder)
      .filter(({ file }) => !own.includes(file) && !leaving.includes(file))
      .flatMap(({ file, name, whole }) => [
        ...(known.has(name) ? [] : [unread(file, name)]),
        ...(whole && names.includes(name) ? [shadowed(file, `${folder}/${name}`)] : []),
        ...(/\/vault\.ya?ml$/.test(file) && !isEncrypted(join(root, file))
          ? [clearVault(file)]
          : []),
      ]);
  });
  return [...vault, ...variables];
}
