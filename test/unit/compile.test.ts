import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compile, validate } from "../../src/index.js";
import { modelText } from "./model/models.js";

describe("compile", () => {
  test("gives the same of a model's text and of its values", () => {
    const edits = { "/database": "mariadb", "/shared/method": "bind" };
    const text = modelText(edits);
    const ofText = compile(text);
    expect(ofText.ok && ofText.value.files.length).toBeGreaterThan(20);
    expect(compile(parse(text))).toEqual(ofText);
  });

  test("has the pair with its defaults, and no manifest, which belongs to a folder", () => {
    const result = compile(modelText());
    if (!result.ok) throw new Error();
    expect(result.value.pair).toMatchObject({ name: "hamn", database: "postgresql" });
    expect(result.value.files.map(({ path }) => path)).not.toContain(".xcatha.json");
    expect(result.value.warnings).toEqual([]);
  });

  test("has warnings", () => {
    const fencing = { status: "ipmitool -P hunter2 power status" };
    const result = compile(modelText({ "/hosts/0/fencing": fencing }));
    expect(result.ok && result.value.warnings).toMatchObject([{ severity: "warning" }]);
  });

  test("says all that is wrong, with lines for a text and with pointers for values", () => {
    const text = modelText({ "/platform": "el7", "/virtual/nic": undefined });
    const places = [{ pointer: "/platform" }, { pointer: "/virtual/nic" }];
    const ofText = compile(text, { file: "a.yml" });
    expect(!ofText.ok && ofText.diagnostics).toMatchObject([
      { ...places[0], file: "a.yml", line: 1 },
      places[1],
    ]);
    const ofValues = compile({ ...parse(text), name: undefined });
    expect(!ofValues.ok && ofValues.diagnostics).toMatchObject(places);
    expect(!ofValues.ok && ofValues.diagnostics.map(({ line }) => line)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

test("validate agrees with compile", () => {
  const pair = validate(modelText());
  const compiled = compile(modelText());
  expect(pair.ok && pair.value).toEqual(compiled.ok && compiled.value.pair);
  expect(validate("")).toEqual(compile(""));
});
