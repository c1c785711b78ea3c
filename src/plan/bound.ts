import type { Role } from "./types.js";

/** Worst case of a role's main entry: the sum of its steps' bounds, in seconds. */
export const boundOf = (role: Role | undefined): number =>
  (role?.stages ?? [])
    .filter((stage) => stage.entry === "main")
    .flatMap((stage) => stage.steps)
    .reduce((sum, step) => sum + step.bound, 0);
