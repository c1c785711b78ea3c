import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Diagnostic, Result } from "../diagnostic/types.js";
import { findAliasFault, maxAliasCount } from "./aliases.js";
import { findDuplicateKeys } from "./duplicate-keys.js";
import { locator, type ModelText, toPlace } from "./model-text.js";
import { findDeepNesting } from "./nesting.js";
import type { Source } from "./read-source.js";
import { startWith } from "./smallest-model.js";
import { type Fault, yamlErrorWords } from "./yaml-errors.js";

const kebab = (code: string): string => `yaml-${code.toLowerCase().replaceAll("_", "-")}`;

/** Syntax errors: every duplicate key, and the first of the others, since later ones are mostly its echo. */
function syntaxErrors(source: Source, lines: LineCounter, document: Document): Diagnostic[] {
  const [other] = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const faults = findDuplicateKeys(document).map(
    (pos): Fault => ({ code: "DUPLICATE_KEY", message: "", pos }),
  );
  return [...faults, ...(other === undefined ? [] : [other])]
    .sort((a, b) => a.pos[0] - b.pos[0])
    .map((fault) => ({
      code: kebab(fault.code),
      ...yamlErrorWords(fault),
      file: source.file,
      ...toPlace(source.text, lines, fault.pos),
    }));
}

/** Must be known before the text is parsed: the parser would run out of stack. */
function nestingFault({ file, text }: Source): Diagnostic | undefined {
  const offset = findDeepNesting(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split("\n");
  return {
    code: "yaml-nested-deeply",
    message: "The file is nested too deeply to be a model.",
    fix: "name a model: it is nested four levels deep at most.",
    file,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}

/** YAML 1.1 reads other values from the same text: `yes`, `022`, `12:30`. */
function oldVersion({ file, text }: Source): Diagnostic | undefined {
  const directive = /^%YAML[ \t]+1\.[01]\b/m.exec(text);
  if (directive === null) return undefined;
  return {
    code: "yaml-version",
    message: `A model is YAML 1.2, and \`${directive[0].replace(/[ \t]+/, " ")}\` asks for an older version.`,
    why: "The two read some values differently, such as `yes` and `022`.",
    fix: "remove the line.",
    file,
    line: text.slice(0, directive.index).split("\n").length,
    column: 1,
    length: directive[0].length,
  };
}

/** A key `<<` is a mapping's merge in YAML 1.1, and just a key in 1.2. */
function findMergeKey(document: Document): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Pair: (_key, { key }) => {
      if (!isScalar(key) || key.value !== "<<" || key.type !== "PLAIN") return undefined;
      found = key;
      return visit.BREAK;
    },
  });
  return found;
}

/** Keys that are lists or mappings have no place in a model, and no name to report. */
function findComplexKey(document: Document): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Pair: (_key, { key }) => {
      if (isScalar(key) || key === null) return undefined;
      found = key as Node;
      return visit.BREAK;
    },
  });
  return found;
}

/** Parses a model's text. Whatever is wrong with it becomes diagnostics; it never throws for bad input. */
export function parseModel(source: Source): Result<ModelText> {
  const deep = nestingFault(source);
  if (deep !== undefined) return { ok: false, diagnostics: [deep] };
  const old = oldVersion(source);
  if (old !== undefined) return { ok: false, diagnostics: [old] };
  const lines = new LineCounter();
  const document = parseDocument(source.text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    // The parser compares each key with all before it, which takes seconds for thousands: see `findDuplicateKeys`.
    uniqueKeys: false,
  });
  const fail = (...diagnostics: Diagnostic[]): Result<never> => ({ ok: false, diagnostics });
  const at = (node: Node) =>
    node.range ? toPlace(source.text, lines, [node.range[0], node.range[1]]) : {};
  const { file } = source;

  const errors = syntaxErrors(source, lines, document);
  if (errors.length > 0) return fail(...errors);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null))
    return fail({ code: "model-empty", message: "The model is empty.", fix: startWith, file });
  if (!isMap(contents))
    return fail({
      code: "model-not-mapping",
      message: "A model is a mapping of keys to values, and this is not one.",
      fix: startWith,
      file,
      ...at(contents),
    });
  const complex = findComplexKey(document);
  if (complex !== undefined)
    return fail({
      code: "yaml-complex-key",
      message: "This key is not a word.",
      fix: "write `key: value`; text that begins with any of { [ * & ! goes into double quotes.",
      file,
      ...at(complex),
    });
  const merge = findMergeKey(document);
  if (merge !== undefined)
    return fail({
      code: "yaml-merge-key",
      message: "`<<` merges nothing in a model: YAML 1.2 has no merge keys.",
      fix: "write the keys out; an alias such as `*name` may stand for a whole value.",
      file,
      ...at(merge),
    });
  const alias = findAliasFault(document);
  if (alias !== undefined) {
    const { node, message, fix } = alias;
    return fail({ code: "yaml-alias", message, fix, file, ...at(node) });
  }
  const value: unknown = document.toJS({ maxAliasCount });
  return { ok: true, value: { file, value, locate: locator(source.text, lines, document) } };
}
