import { type Document, isScalar, visit } from "yaml";

/** Where a key stands that its mapping has already, by offsets into the text. */
export function findDuplicateKeys(document: Document): readonly [number, number][] {
  const found: [number, number][] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value) && key.range) found.push([key.range[0], key.range[1]]);
        seen.add(key.value);
      }
    },
  });
  return found;
}
