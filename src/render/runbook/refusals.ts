import type { Act } from "../../explain/types.js";
import type { Runbook } from "./index.js";

/** What to do about a refusal that needs more than its own message says. */
const advice: Readonly<Record<string, string>> = {
  peer: "The other host serves, or something of the pair still runs there: `failover.yml` moves it.",
  "owner-allows":
    "The record on the shared data decides. If the host that it names is dead, it is a takeover.",
  "virtual-ip-unused":
    "Somebody has the address. Find the machine by the MAC address that is shown.",
  "set-up": "The shared data is not mounted here, or is not this pair's.",
  engine: "The model names another database than the one that was set up.",
  version: "Install the same version of xCAT on both hosts, or finish the upgrade.",
  clocks: "Let both hosts ask the same time servers.",
  ground: "The message names the NIC, the name or the directory that is not as it must be.",
};

const refuses = ({ title, onFault }: Act): boolean =>
  onFault === "abort" && /^(Refuse|Compare|Check) /.test(title);

/** Everything that may refuse a failover before anything is changed. */
export const refusals = (book: Runbook): string => {
  const acts = [...book.of("failover").phases, ...book.of("takeover").phases]
    .flatMap(({ parts }) => parts)
    // What is taken back has changed something.
    .flatMap(({ acts: some, undo }) => (undo.length > 0 ? [] : some))
    .filter(refuses);
  const rows = [...new Map(acts.map((act) => [act.id, act])).values()];
  return `## A run was refused

Up to here nothing was changed, and whoever served still serves. The message says why; the task's name is in this table.

| Task | It goes on when | Otherwise |
| --- | --- | --- |
${rows.map(({ id, title, effect }) => `| ${title} | ${effect} | ${advice[id] ?? ""} |`).join("\n")}
| Refuse a host that does not answer or was never prepared | The host that takes over answers and was set up. | \`standby.yml --limit HOST\` prepares it. |
| Refuse a takeover from a host that may still write | The active host answers, or is fenced. | [The active host does not answer](#the-active-host-does-not-answer). |
`;
};
