import { playbookRefusals } from "../../plan/refusals.js";
import type { Refusal } from "../../plan/types.js";
import type { Runbook } from "./index.js";

/** Everything that may refuse a run, in the order in which it is checked: the plan's own words. */
export const refusals = (book: Runbook): string => {
  const acts = (["setup", "failover", "takeover"] as const)
    .flatMap((name) => book.of(name).phases)
    .flatMap(({ parts }) => parts)
    .flatMap((part) => part.acts);
  const rows = new Map<string, Refusal>(Object.entries(playbookRefusals));
  for (const { title, refusal } of acts) if (refusal !== null) rows.set(title, refusal);
  return `## A run was refused

Nothing was changed on the host that was refused. If the other host was stopped already, \`failover.yml\` gives the
service back to it; its last lines say who serves. The message says what was found; the task's name is in this table.
\`HOST\` is the one that the message names.

| Task | What it means | What to do |
| --- | --- | --- |
${[...rows].map(([title, { means, mend }]) => `| ${title} | ${means} | ${mend} |`).join("\n")}
`;
};
