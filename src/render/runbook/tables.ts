import { duration } from "../../explain/duration.js";
import { procedureNames } from "../../plan/plays.js";
import type { Site } from "../../plan/site.js";
import type { Runbook } from "./index.js";

/** How long each procedure takes: as measured, and when every wait runs to its limit. */
export const timeTable = ({ of }: Runbook): string => {
  const rows = procedureNames.map((name) => {
    const { command, longest, usual } = of(name);
    const most = longest.worst > longest.done ? duration(longest.worst) : "";
    return `| ${name} | \`${command}\` | ${duration(usual)} | ${duration(longest.done)} | ${most} |`;
  });
  return `| | Command | Usually | At most | When it fails at the last |
| --- | --- | --- | --- | --- |
${rows.join("\n")}

"Usually" is the median of a quiet lab: two hosts with PostgreSQL and a stand-in for xCAT on one machine of two cores, and a
setup from bare hosts. To move the tables of xCAT itself takes minutes more.
"At most" is the sum along the longest path when every single wait runs to its limit, which no failure alone brings
about.
`;
};

export const commandTable = ({ plan }: Runbook): string =>
  `| Command | What it does |
| --- | --- |
${plan.playbooks.flatMap(({ usage, summary }) => usage.map((line) => `| \`${line}\` | ${summary} |`)).join("\n")}
`;

export const serviceTable = ({ services }: Site): string =>
  `| Service | Unit |
| --- | --- |
${services.map(({ service }) => `| ${service.label} | \`${service.unit}\` |`).join("\n")}
`;

export const dataTable = ({ directories }: Site): string =>
  directories.map((path) => `- \`${path}\`\n`).join("");
