import { duration } from "../../explain/duration.js";
import { procedureNames } from "../../plan/plays.js";
import type { Site } from "../../plan/site.js";
import type { Runbook } from "./index.js";

/** The longest times: no usual ones have been measured yet. */
export const timeTable = ({ of }: Runbook): string => {
  const rows = procedureNames.map((name) => {
    const { command, longest } = of(name);
    const most = longest.worst > longest.done ? duration(longest.worst) : "";
    return `| ${name} | \`${command}\` | ${duration(longest.done)} | ${most} |`;
  });
  return `| | Command | At most | When it fails at the last |
| --- | --- | --- | --- |
${rows.join("\n")}

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
