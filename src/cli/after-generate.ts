import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** What writing came to, by path. */
interface Written {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** The vault that the pair needs and that is not there yet. */
function missingVault(out: string, { created, updated, unchanged }: Written): string | undefined {
  const paths = [...created, ...updated, ...unchanged];
  if (!paths.includes("vault.example.yml")) return undefined;
  const main = paths.find((path) => /^group_vars\/[^/]+\/main\.yml$/.test(path)) ?? "";
  // Among the group's variables it works as well, but then every playbook needs the vault's password.
  const places = ["vault.yml", main.replace(/main\.yml$/, "vault.yml")];
  return places.some((place) => existsSync(join(out, place))) ? undefined : "vault.yml";
}

/** Whether git keeps a folder. */
function isInGit(folder: string): boolean {
  const place = resolve(folder);
  return existsSync(join(place, ".git")) || (place !== dirname(place) && isInGit(dirname(place)));
}

/** What to do after the output was written: a pair may never have been set up. */
export function afterGenerate(out: string, written: Written): string {
  const vault = missingVault(out, written);
  const changed = written.created.length + written.updated.length + written.removed.length > 0;
  const begin = isInGit(out) ? "" : "git init && ";
  const look = changed ? `look at \`${begin}git add -N . && git diff\`, commit, then ` : "";
  const fill =
    vault === undefined
      ? ""
      : `cp vault.example.yml ${vault}, put a password in, ansible-vault encrypt ${vault}, then `;
  return `Next: ${look}${fill}ansible-playbook setup.yml${changed ? "" : ", or status.yml once the pair is set up"}`;
}

/** What to do after the outputs of several pairs were written that do not all go on alike. */
export const afterSeveral =
  "Next: look at `git add -N . && git diff`, commit; each folder's README.md says how its pair goes on";
