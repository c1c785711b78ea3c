import type { ErrorObject } from "ajv";
import { quoted, show } from "../diagnostic/show.js";
import { suggest } from "../diagnostic/suggest.js";
import type { Path } from "../load/model-text.js";
import type { Finding } from "./finding.js";
import { platformMeant } from "./platform-meant.js";
import { oneOf, type SchemaNode, unknownKey } from "./unknown-key.js";

const pathOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** An example as a user would write it. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const pairs = Object.entries(value).map(([key, item]) => `${key}: ${flow(item)}`);
  return `{${pairs.join(", ")}}`;
}

function example(node: SchemaNode | undefined): string | undefined {
  const [first] = node?.examples ?? node?.enum ?? [];
  return first === undefined ? undefined : flow(first);
}

function missing(path: Path, key: string, parent: SchemaNode): Finding {
  const node = parent.properties?.[key];
  const sample = example(node);
  const description = node?.description ? ` ${node.description}` : "";
  return {
    code: "key-missing",
    message: `\`${key}\` is missing.${description}`,
    fix: sample === undefined ? `add \`${key}\`.` : `add it, e.g. \`${key}: ${sample}\`.`,
    path: [...path, key],
    frame: { path, part: "key" },
  };
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
};

/** YAML 1.1 has more words for these two. */
function booleanMeant(word: string): string {
  if (/^(yes|on|y|true)$/i.test(word)) return "`true`";
  return /^(no|off|n|false)$/i.test(word) ? "`false`" : "`true` or `false`";
}

/** The length of a prefix, written as a netmask. */
const prefixIn = (key: unknown, data: unknown): string | undefined =>
  key === "netmask" ? /^\/?(\d{1,2})$/.exec(String(data))?.[1] : undefined;

function typeFix(wanted: string, data: unknown, node: SchemaNode, key: unknown): string {
  const bits = prefixIn(key, data);
  if (bits !== undefined) return `write \`prefix: ${bits}\` in place of \`netmask\`.`;
  if (wanted === "string" && (typeof data === "number" || typeof data === "boolean"))
    return "put it in double quotes.";
  if (wanted === "boolean" && typeof data === "string") return `write ${booleanMeant(data)}.`;
  if (wanted === "integer" && typeof data === "string" && /^[0-9]+$/.test(data))
    return `write ${data} without quotes.`;
  const sample = example(node);
  return `write ${kinds[wanted] ?? wanted}${sample === undefined ? "" : `, e.g. ${sample}`}.`;
}

function wrongType(path: Path, data: unknown, node: SchemaNode): Finding {
  if (node.enum && data !== null) return notListed(path, data, node);
  const wanted = node.type ?? "object";
  const key = path.at(-1);
  const name = Number.isInteger(Number(key)) ? `an item of \`${path.at(-2)}\`` : `\`${key}\``;
  return {
    code: "type-wrong",
    message:
      data === null
        ? `${name} has no value; it takes ${kinds[wanted]}.`.replace(/^a/, "A")
        : `${typeof data === "string" ? quoted(data) : show(data)} is not ${kinds[wanted]}, which ${name} takes.`.replace(
            /^a/,
            "A",
          ),
    fix: typeFix(wanted, data, node, key),
    path,
  };
}

/** What was probably meant: a word that is near, or another name of the same platform. */
const wordMeant = (path: Path, word: string, known: readonly string[]): string | undefined =>
  (path.length === 1 && path[0] === "platform" ? platformMeant(word) : undefined) ??
  suggest(word, known);

function notListed(path: Path, data: unknown, node: SchemaNode): Finding {
  const known = node.enum ?? [];
  const near = typeof data === "string" ? wordMeant(path, data, known) : undefined;
  return {
    code: "value-unknown",
    message: `${show(data).replace(/^a /, "A ")} is no value of \`${path.at(-1)}\`.${near ? ` Did you mean \`${near}\`?` : ""}`,
    fix: `write ${oneOf(known)}${node.$comment ?? ""}.`,
    path,
  };
}

function outOfRange(path: Path, data: unknown, { minimum, maximum }: SchemaNode): Finding {
  return {
    code: "number-out-of-range",
    message: `${show(data)} is out of range for \`${path.at(-1)}\`.`,
    fix: `write a whole number from ${minimum} to ${maximum}.`,
    path,
  };
}

function wrongCount(path: Path, data: unknown, { minItems, maxItems }: SchemaNode): Finding {
  const count = Array.isArray(data) ? data.length : 0;
  const hosts = minItems === 2;
  return {
    code: "count-wrong",
    message: `\`${path.at(-1)}\` lists ${count}, and ${hosts ? "a pair has two" : `takes ${minItems} to ${maxItems}`}.`,
    fix: hosts
      ? "list the two hosts; another pair gets a model of its own."
      : "list one for each network that the pair serves, the pair's own first.",
    path,
    frame: { path, part: "key" },
  };
}

/** What ajv refused, in our words. Undefined for what is said elsewhere: by a rule, or by another error. */
export function schemaFinding(error: ErrorObject): Finding | undefined {
  const path = pathOf(error.instancePath);
  const node = error.parentSchema as SchemaNode;
  const { missingProperty, additionalProperty } = error.params;
  switch (error.keyword) {
    case "required":
      return error.schemaPath.includes("/anyOf/")
        ? undefined
        : missing(path, String(missingProperty), node);
    case "additionalProperties":
      return unknownKey(path, String(additionalProperty), node);
    case "type":
      return wrongType(path, error.data, node);
    case "enum":
      return notListed(path, error.data, node);
    case "minimum":
    case "maximum":
      return outOfRange(path, error.data, node);
    case "minItems":
    case "maxItems":
      return wrongCount(path, error.data, node);
    default:
      return undefined;
  }
}

/** What ajv refused, in words that fit everything. */
export function plainFinding({ instancePath, parentSchema, data }: ErrorObject): Finding {
  const path = pathOf(instancePath);
  const sample = example(parentSchema as SchemaNode);
  const name = path.length === 0 ? "the model" : `\`${path.at(-1)}\``;
  return {
    code: "value-illegal",
    message: `${show(data).replace(/^a /, "A ")} is not a valid value of ${name}.`,
    fix: `write ${sample === undefined ? "another value" : `a value such as ${sample}`}.`,
    path,
  };
}
