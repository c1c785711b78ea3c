import type { ErrorObject } from "ajv";
import type { Path } from "../load/model-text.js";
import type { Draft } from "./document.js";
import type { Finding } from "./finding.js";
import { plainFinding, schemaFinding } from "./schema-words.js";
import { isModel } from "./validator.js";

/** Values below a container, by key or index; undefined for anything else. */
const container = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;

/** Sets what was refused to undefined: the key stays, for rules that ask whether it is there. */
function blank(root: unknown, path: Path): void {
  let at = container(root);
  for (const step of path.slice(0, -1)) at = at && container(at[step]);
  const last = path.at(-1);
  if (at !== undefined && last !== undefined && Object.hasOwn(at, last)) at[last] = undefined;
}

/** Codes after which the value says something still: the right entries of a list that is too long. */
const keepsValue: readonly string[] = ["key-missing", "count-wrong"];

const keyOf = (path: Path): string => path.join("/");

/** One finding per place, and none about a key that is there under a misspelt name. */
function withoutEcho(findings: readonly Finding[]): readonly Finding[] {
  const meant = new Set(
    findings.flatMap((finding) => (finding.meant ? [keyOf(finding.meant)] : [])),
  );
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = keyOf(finding.path);
    const misspelt = finding.code === "key-missing" && meant.has(key);
    if (!misspelt && !first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}

/** What the schema has against a value, and what is left of it for the rules. */
export function checkSchema(value: unknown): {
  readonly findings: readonly Finding[];
  /** What is better said by a rule, and is said like this where none does. */
  readonly leftover: readonly Finding[];
  readonly draft: Draft;
} {
  const errors: readonly ErrorObject[] = isModel(value) ? [] : (isModel.errors ?? []);
  const findings = withoutEcho(errors.map(schemaFinding).filter((one) => one !== undefined));
  const leftover = errors.filter((error) => schemaFinding(error) === undefined).map(plainFinding);
  const draft = structuredClone(value);
  for (const { code, path } of findings) if (!keepsValue.includes(code)) blank(draft, path);
  return { findings, leftover, draft: draft as Draft };
}
