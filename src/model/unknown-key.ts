import { show } from "../diagnostic/show.js";
import { suggest } from "../diagnostic/suggest.js";
import type { Path } from "../load/model-text.js";
import type { Finding } from "./finding.js";
import { modelSchema } from "./schema/index.js";

/** The parts of a schema that words are made from. */
export interface SchemaNode {
  readonly description?: string;
  readonly $comment?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly else?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Words as a list for a reader, after "write". */
export const oneOf = (words: readonly string[]): string =>
  (words.length > 1 ? "one of " : "") + words.map((word) => `\`${word}\``).join(", ");

/** Where else in the model a key is known, e.g. `virtual`. */
function homeOf(key: string, node: SchemaNode, at: string[] = []): string | undefined {
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const inner = child.items ?? (child.else?.properties ? child.else : child);
    if (inner.properties && Object.hasOwn(inner.properties, key)) return [...at, name].join(".");
    const deeper = homeOf(key, inner, [...at, name]);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

function hintFor(key: string, near: string | undefined): string {
  if (near !== undefined) return ` Did you mean \`${near}\`?`;
  if (Object.hasOwn(modelSchema.properties, key)) return " It belongs at the top of the model.";
  const home = homeOf(key, modelSchema);
  return home === undefined ? "" : ` It belongs under \`${home}\`.`;
}

function placeOf(path: Path): string {
  if (path.length === 0) return "a model";
  const last = String(path.at(-1));
  return /^[0-9]+$/.test(last) ? `an item of \`${path.at(-2)}\`` : `\`${last}\``;
}

/** A key that the schema does not know at its place, and what was probably meant. */
export function unknownKey(path: Path, key: string, parent: SchemaNode): Finding {
  const known = Object.keys(parent.properties ?? {});
  const near = suggest(key, known);
  return {
    code: "key-unknown",
    message: `${show(key)} is not a key of ${placeOf(path)}.${hintFor(key, near)}`,
    fix: `write ${oneOf(known)}, or remove it.`,
    path: [...path, key],
    ...(near !== undefined && { meant: [...path, near] }),
    frame: { path: [...path, key], part: "key" },
  };
}
