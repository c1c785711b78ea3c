import fc from "fast-check";
import { stringify } from "yaml";
import { documentOf, type Structure, values } from "./valid-models.js";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "{{ a }}",
    "{% if %}",
    "{#",
    "\u0000",
    "\u2028",
    "\ufeff",
    "\ud800",
    "a\nb",
    "$(id)",
  ),
);

const leaf = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
);

/** Every place of a document, as the container and its key. */
function places(value: unknown): readonly [Record<string, unknown>, string][] {
  if (typeof value !== "object" || value === null) return [];
  const container = value as Record<string, unknown>;
  return Object.keys(container).flatMap((key): readonly [Record<string, unknown>, string][] => [
    [container, key],
    ...places(container[key]),
  ]);
}

/** A right document in which some values are others, keys are gone, or more are there. */
const changedDocument = (right: fc.Arbitrary<Record<string, unknown>>) =>
  fc
    .tuple(
      right,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom("set", "remove", "add"), leaf, text), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([document, changes]) => {
      for (const [number, act, value, key] of changes) {
        const all = places(document);
        const [container, at] = all[number % all.length] ?? [document, ""];
        if (act === "set") container[at] = value;
        else if (act === "remove") delete container[at];
        else if (!Array.isArray(container)) container[key] = value;
        else container.push(value);
      }
      return stringify(document);
    });

const piece = fc.oneof(
  fc.constantFrom(
    "\n",
    "  ",
    "\t",
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "? ",
    "|\n",
    ">\n",
    "#",
  ),
  fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "\\",
    "%YAML 1.1\n---\n",
    "---\n",
    "...\n",
    "\r",
    "\u0085",
  ),
  text,
);

/** The text of a right document, in which some stretches are others. */
const changedText = (right: fc.Arbitrary<Record<string, unknown>>) =>
  fc
    .tuple(
      right.map((document) => stringify(document)),
      fc.array(fc.tuple(fc.nat(), fc.nat(20), piece), { minLength: 1, maxLength: 4 }),
    )
    .map(([whole, edits]) =>
      edits.reduce((now, [number, length, put]) => {
        const at = number % (now.length + 1);
        return now.slice(0, at) + put + now.slice(at + length);
      }, whole),
    );

const noModel = fc.oneof(
  text,
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.jsonValue().map((value) => stringify(value)),
);

/** Texts that may be models, most of them wrong in some way; made from models of these structures. */
export function brokenModels(structures: readonly Structure[]): fc.Arbitrary<string> {
  const right = fc
    .tuple(fc.constantFrom(...structures), values)
    .map(([structure, given]) => documentOf(structure, given));
  return fc.oneof(
    { weight: 5, arbitrary: changedDocument(right) },
    { weight: 5, arbitrary: changedText(right) },
    { weight: 1, arbitrary: noModel },
  );
}
