import type { Diagnostic } from "../diagnostic/types.js";
import type { Exit } from "./exit.js";

/** How a command ended for one model. */
export interface Outcome {
  readonly exit: Exit;
  /** The same for programs to read (`--json`). */
  readonly report: {
    /** The output folder. */
    readonly out: string;
    readonly diagnostics: readonly Diagnostic[];
    readonly [field: string]: unknown;
  };
  /** What to do next, as a sentence; said once for all models. */
  readonly next?: string | undefined;
}
