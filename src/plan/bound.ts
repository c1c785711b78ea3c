import type { Step } from "./types.js";

/** Templates of steps that decide by what is known already: they ask no host, and wait for nothing. */
const localSteps: ReadonlySet<string> = new Set([
  "activate/remember",
  "status/refuse",
  "switch-db/password",
]);

/** Upper bound of a step's wait, in seconds; 0: it waits for nothing. */
export const limitOf = ({ template, bound }: Pick<Step, "template" | "bound">): number =>
  localSteps.has(template) ? 0 : bound;
