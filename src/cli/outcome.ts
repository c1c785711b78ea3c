import type { Exit } from "./exit.js";

/** How a command ended for one model, and the same for programs to read (`--json`). */
export interface Outcome {
  readonly exit: Exit;
  readonly report: Readonly<Record<string, unknown>>;
}
