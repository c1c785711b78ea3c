import type { Document } from "yaml";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  type ParsedNode,
  type YAMLMap,
} from "yaml";
import type { Place } from "../diagnostic/frame.js";

/** Keys and indexes that lead from the model's root to a value. */
export type Path = readonly (string | number)[];

/** A parsed model that still knows where each value was written. */
export interface ModelText {
  readonly file: string;
  /** Plain data: mappings, lists, strings, numbers, booleans and null; aliases expanded. */
  readonly value: unknown;
  /** Where a value, or the key that names it, is written. Undefined if there is none at this path. */
  readonly locate: (path: Path, part: "key" | "value") => Place | undefined;
}

type Range = readonly [number, number];

const rangeOf = (node: unknown): Range | undefined => {
  const range = (node as Node | null | undefined)?.range;
  return range ? [range[0], range[1]] : undefined;
};

interface Found {
  readonly key: unknown;
  readonly value: unknown;
}

/** By mapping, its pairs by their keys: a model may have thousands of mistakes to locate. */
type Index = WeakMap<YAMLMap, ReadonlyMap<string, Found>>;

function pairsOf(map: YAMLMap, index: Index): ReadonlyMap<string, Found> {
  const known = index.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<string, Found>(
    map.items.map(({ key, value }) => [
      isScalar(key) ? String(key.value) : String(key),
      { key, value },
    ]),
  );
  index.set(map, pairs);
  return pairs;
}

function child(
  document: Document,
  index: Index,
  parent: unknown,
  step: string | number,
): Found | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) return pairsOf(node, index).get(String(step));
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    // An item has no key; the first key inside it stands for it, so that a frame shows one line.
    return item === undefined
      ? undefined
      : { key: isMap(item) ? item.items[0]?.key : item, value: item };
  }
  return undefined;
}

/** The place of a range's first line: what is longer is framed by its beginning. */
export function toPlace(text: string, lines: LineCounter, [from, to]: Range): Place {
  const { line, col } = lines.linePos(from);
  const firstLine = text.slice(from, to).split("\n", 1)[0] ?? "";
  return { line, column: col, length: Math.max(1, firstLine.trimEnd().length) };
}

/** Builds the locator of a parsed document. */
export function locator(
  text: string,
  lines: LineCounter,
  document: Document.Parsed<ParsedNode>,
): ModelText["locate"] {
  const index: Index = new WeakMap();
  return (path, part) => {
    let found: Found = { key: undefined, value: document.contents };
    for (const step of path) {
      const next = child(document, index, found.value, step);
      if (next === undefined) return undefined;
      found = next;
    }
    // A key without a value has an empty range: its key says more.
    const value = rangeOf(found.value);
    const empty = value === undefined || value[0] === value[1];
    const range = part === "key" || empty ? (rangeOf(found.key) ?? value) : value;
    return range && toPlace(text, lines, range);
  };
}
