import { show } from "../../diagnostic/show.js";
import type { Path } from "../../load/model-text.js";
import type { Finding } from "../finding.js";
import type { Rule } from "./rule.js";

const jinja = /\{[{%#]/;
// The controls, what Unicode calls line breaks, and what readers of YAML refuse: marks, and halves of characters.
const control = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u;

function problem(text: string): Pick<Finding, "code" | "message" | "why" | "fix"> | undefined {
  const found = jinja.exec(text);
  if (found)
    return {
      code: "jinja-in-value",
      message: `${show(text)} holds \`${found[0]}\`, which Ansible would read as a Jinja template.`,
      why: "The playbooks are written out in full; nothing of the model is evaluated later.",
      fix: "write the value itself.",
    };
  if (!control.test(text)) return undefined;
  const newline = text.includes("\n");
  return {
    code: newline ? "newline-in-value" : "control-character-in-value",
    message: `${show(text)} holds ${newline ? "a line break" : "a control character"}.`,
    fix: "write the value on one line, without characters that cannot be seen.",
  };
}

function* walk(value: unknown, path: Path): Generator<Finding> {
  if (typeof value === "string") {
    const found = problem(value);
    if (found) yield { ...found, path };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, [...path, index]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* walk(item, [...path, key]);
  }
}

/** Holds for every value; a key is one that the schema knows, or refused already. */
export const textIsLiteral: Rule = (draft) => walk(draft, []);
