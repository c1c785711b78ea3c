import { Ajv } from "ajv";
import { describe, expect, expectTypeOf, test } from "vitest";
import { platforms } from "../../../src/catalog/index.js";
import type { ModelDocument } from "../../../src/model/document.js";
import { modelSchema, schemaText } from "../../../src/model/schema/index.js";
import type { FromSchema } from "./schema-type.js";

interface Node {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly then?: Node;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly additionalProperties?: boolean;
}

/** Every described key of the schema, by its path. */
function* keys(node: Node, path: string): Generator<[string, Node]> {
  yield [path, node];
  for (const [name, child] of Object.entries(node.properties ?? {}))
    yield* keys(child, `${path}/${name}`);
  if (node.items) yield* keys(node.items, `${path}/*`);
  for (const [name, child] of Object.entries(node.then?.properties ?? {}))
    yield* keys(child, `${path}/${name}`);
}

const all = [...keys(modelSchema, "")];

describe("the model's schema", () => {
  test("and the document's type are the same", () => {
    expectTypeOf<FromSchema<typeof modelSchema>>().toEqualTypeOf<ModelDocument>();
  });

  test("is valid draft-07, also in ajv's strict mode", () => {
    const ajv = new Ajv({ strict: true, strictRequired: false });
    expect(ajv.validateSchema(modelSchema)).toBe(true);
    expect(() => ajv.compile(modelSchema)).not.toThrow();
  });

  test.each(all)("%s has a title and a description for editors", (_path, node) => {
    expect(node.title).toBeTruthy();
    expect(node.description).toBeTruthy();
  });

  test.each(all.filter(([, node]) => node.type === "object"))(
    "%s takes no unknown keys",
    (_path, node) => {
      expect(node.additionalProperties).toBe(false);
    },
  );

  test("has examples that it accepts", () => {
    const ajv = new Ajv();
    for (const [path, node] of all)
      for (const example of node.examples ?? [])
        expect(ajv.validate(node, example), path).toBe(true);
  });

  test("names the database that is every platform's default", () => {
    const { default: database } = modelSchema.properties.database;
    for (const platform of platforms) expect(platform.defaults.database).toBe(database);
  });

  test("is printed as JSON that ends with a newline", () => {
    expect(JSON.parse(schemaText())).toEqual(JSON.parse(JSON.stringify(modelSchema)));
    expect(schemaText().endsWith("}\n")).toBe(true);
  });
});
