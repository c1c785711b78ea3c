import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { ModelDocument } from "../model/document.js";
import { modelSchema, schemaText } from "../model/schema/index.js";

/** The name of the schema's copy beside a model. */
const schemaName = "xcatha.schema.json";

interface Node {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly else?: Node;
}

const longest = 100;

/** Words as lines of a comment. */
function comment(text: string, indent = ""): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || `${last} ${word}`.length + indent.length > longest)
      lines.push(`# ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${indent}${line}\n`).join("");
}

const entry = (key: string, value: unknown): string =>
  stringify({ [key]: value }, { lineWidth: 0, aliasDuplicateObjects: false });

/** A value that a key may have: its default where there is one. */
function sample(node: Node): unknown {
  if (node.default !== undefined) return node.default;
  const [first] = node.examples ?? node.enum ?? [];
  if (first !== undefined) return first;
  if (node.else !== undefined) return sample(node.else);
  const inner = Object.entries(node.properties ?? {}).map(([key, child]) => [key, sample(child)]);
  return Object.fromEntries(inner.filter(([, value]) => value !== undefined));
}

const commentOut = (text: string): string => text.replace(/^(?=.)/gm, "# ");

/**
 * A model as a person would begin it: what was answered, each key with what it means, and below it every other key as a
 * comment, with its default or an example.
 */
export function modelText(document: ModelDocument): string {
  const given = new Map(Object.entries(document));
  const properties = Object.entries<Node>(modelSchema.properties);
  const part = ([key, node]: [string, Node]): string =>
    comment(node.description ?? "") +
    (given.has(key) ? entry(key, given.get(key)) : commentOut(entry(key, sample(node))));
  const [answered, others] = [true, false].map((wanted) =>
    properties
      .filter(([key]) => given.has(key) === wanted)
      .map(part)
      .join("\n"),
  );
  return `# yaml-language-server: $schema=./${schemaName}
# A pair of xCAT management nodes. After a change: xcatha validate, then xcatha generate.

${answered}
# All else has a default. Take the # from a key to set it.

${others}`;
}

/** A model's file and the schema's copy beside it. */
export const modelFiles = (file: string, document: ModelDocument) => ({
  schema: { path: join(dirname(file), schemaName), text: schemaText() },
  model: { path: file, text: modelText(document) },
});
