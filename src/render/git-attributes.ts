import type { RenderedFile } from "./types.js";

/** A role as a whole, any other file by itself: the user's own files are none of ours. */
const patternOf = (path: string): string => `/${path.replace(/^(roles\/[^/]+)\/.*/, "$1/**")}`;

/**
 * Keeps line ends as they are written: with `core.autocrlf` a fresh checkout would look edited by hand.
 * @param paths everything else that is written.
 */
export const gitAttributes = (paths: readonly string[], header: string): RenderedFile => {
  const patterns = [".gitattributes", ".xcatha.json", ...paths].map(patternOf);
  const lines = [...new Set(patterns)].sort().map((one) => `${one} text eol=lf linguist-generated`);
  return { path: ".gitattributes", text: `${header}${lines.join("\n")}\n` };
};
