import type { Step } from "./types.js";

type StepInput = Pick<Step, "id" | "title" | "effect" | "template"> & Partial<Step>;

/** A step with what most steps have: no undo, a quick command's bound, and a fault that stops the role. */
export const step = (input: StepInput): Step => ({
  undo: null,
  bound: 30,
  onFault: "abort",
  refusal: null,
  data: {},
  ...input,
});

/** The same step, whose fault is noted while the role goes on. */
export const noted = (input: StepInput): Step => step({ ...input, onFault: "note" });
