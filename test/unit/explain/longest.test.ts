import { describe, expect, test } from "vitest";
import { longest as ways } from "../../../src/explain/longest.js";
import type { Act, Phase } from "../../../src/explain/types.js";
import { step } from "../../../src/plan/step.js";

const act = (limit: number, onFault: Act["onFault"] = "abort"): Act => ({
  role: "role",
  stage: "stage",
  stageTitle: "Stage",
  id: "step",
  title: "Step",
  effect: "Done.",
  undo: null,
  refusal: null,
  limit,
  onFault,
  units: [],
  step: step({ id: "step", title: "Step", effect: "Done.", template: "" }),
});

const phase = (
  acts: readonly Act[],
  more: Partial<Phase> & { undo?: readonly Act[] } = {},
): Phase => ({
  title: "Phase",
  hosts: ["host1"],
  parts: [{ acts, undo: more.undo ?? [] }],
  afterFailure: more.afterFailure ?? false,
  keepsReason: more.keepsReason ?? false,
});

const longest = (phases: readonly Phase[]): number => ways(phases).worst;

describe("the worst case", () => {
  test("of steps one after the other is their sum", () => {
    expect(longest([phase([act(10), act(0), act(20)]), phase([act(5)])])).toBe(35);
  });

  test("takes back what failed last, and leaves out what comes after it", () => {
    expect(longest([phase([act(10), act(20)], { undo: [act(40)] }), phase([act(5)])])).toBe(70);
  });

  test("is the longer of going on and of failing", () => {
    expect(longest([phase([act(10)], { undo: [act(1)] }), phase([act(100)])])).toBe(110);
  });

  test("does nothing for a fault that is only noted", () => {
    expect(longest([phase([act(10, "note")], { undo: [act(40)] })])).toBe(10);
  });

  test("gives the service back after a failure, and only then", () => {
    const back = phase([act(50)], { afterFailure: true });
    const taking = phase([act(10)], { undo: [act(5)], keepsReason: true });
    expect(longest([phase([act(1)]), taking, back, phase([act(2)])])).toBe(1 + 10 + 5 + 50 + 2);
    expect(longest([phase([act(10, "note")], { keepsReason: true }), back])).toBe(10);
  });

  test("is told apart from the longest way to a good end", () => {
    const back = phase([act(50)], { afterFailure: true });
    const taking = phase([act(10)], { undo: [act(5)], keepsReason: true });
    expect(ways([taking, back])).toEqual({ done: 10, worst: 65 });
  });
});
