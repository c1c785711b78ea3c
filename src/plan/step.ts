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

/** A step that refuses what the hosts' answers forbid: `id` is the refusal's in the kit's table of them, `refusals.py`. */
export const refuse = (
  input: Pick<Step, "id" | "title" | "effect"> & Partial<Pick<Step, "refusal">>,
): Step => step({ ...input, template: "status/refuse", data: { refused: input.id } });

/** The same step, whose fault is noted while the role goes on. */
export const noted = (input: StepInput): Step => step({ ...input, onFault: "note" });
