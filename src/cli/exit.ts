/** Exit codes of every command. */
export const exit = {
  /** Done. */
  done: 0,
  /** The model or the output is wrong. */
  wrong: 1,
  /** The command line is wrong. */
  usage: 2,
  /** An internal error. */
  fault: 3,
} as const;

export type Exit = (typeof exit)[keyof typeof exit];
