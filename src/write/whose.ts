import type { HaPair } from "../model/types.js";
import type { Manifest, Origin, PairIdentity } from "./manifest.js";

/** By what a pair is known again. */
export const identityOf = ({ name, hosts }: HaPair): PairIdentity => ({
  name,
  hosts: hosts.map(({ address }) => address),
});

/** Numbers of a version; what follows a dash is left out. */
const numbersOf = (version: string): readonly number[] =>
  version
    .replace(/[-+].*/, "")
    .split(".")
    .map(Number);

function isNewer(version: string, own: string): boolean {
  const theirs = numbersOf(version);
  const ours = numbersOf(own);
  const at = theirs.findIndex((number, place) => number !== (ours[place] ?? 0));
  return at >= 0 && (theirs[at] ?? 0) > (ours[at] ?? 0);
}

/**
 * Whether the output is another pair's. A pair may be renamed, its hosts get other addresses, its model another name:
 * then something stays by which it is known.
 */
function isOthers({ pair, modelFile }: Manifest, origin: Origin): boolean {
  if (pair === undefined || pair.hosts.some((host) => origin.pair.hosts.includes(host)))
    return false;
  return pair.name !== origin.pair.name || modelFile !== origin.modelFile;
}

/** Why an output is not to be replaced without a word, though xcatha wrote it; undefined if it may be. */
export function strangeness(
  manifest: Manifest,
  origin: Origin,
): "newer" | "another-pair" | undefined {
  if (isOthers(manifest, origin)) return "another-pair";
  return isNewer(manifest.version ?? "0", origin.version) ? "newer" : undefined;
}
