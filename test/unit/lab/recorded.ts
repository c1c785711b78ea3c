import { readFileSync } from "node:fs";

/** A line that ansible-playbook printed in the lab, and the seconds since its start. */
export interface Printed {
  readonly at: number;
  readonly line: string;
}

/** What was recorded of a run. */
export const recorded = (name: "setup" | "status"): readonly Printed[] =>
  readFileSync(new URL(`recorded/${name}.txt`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [at = ""] = line.split(" ", 1);
      return { at: Number(at), line: line.slice(at.length + 1) };
    });
