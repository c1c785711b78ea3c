import { duration } from "../../explain/duration.js";
import { procedureNames } from "../../plan/plays.js";
import { carriedFiles, type Site, stateFiles } from "../../plan/site.js";
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

/** What goes from one active host to the next beside the shared data, and what each host keeps for itself. */
export const carriedTable = (site: Site): string => {
  const { pair, platform, directories } = site;
  const logs = "/var/log/consoles";
  const goes = [
    "`/etc/hosts`, and root's key `/root/.ssh/id_rsa`",
    ...carriedFiles(site).map((path) => `\`${path}\``),
    ...(stateFiles(site).length > 0
      ? [
          "DHCP's dynamic leases, as they were when the service last stopped: after a crash those given since are not known",
        ]
      : []),
    ...(pair.nfs && platform.nfs.tracker !== null
      ? ["which NFSv4 clients hold locks: they reclaim them from the next active host"]
      : []),
  ];
  const stays = [
    ...(pair.console === "none" || directories.includes(logs)
      ? []
      : [
          `the consoles' logs, \`${logs}\`: \`shared.directories.add\` in the model takes them along`,
        ]),
    ...(pair.nfs
      ? [
          platform.nfs.tracker === null
            ? "locks that NFS clients hold: `shared.directories.add: [/var/lib/nfs/nfsdcltrack]` takes those of NFSv4 along"
            : "locks that NFSv3 clients hold",
        ]
      : []),
    `the ssh host keys: \`ssh ${pair.virtual.hostname}\` would warn after a failover. On a machine that is to know both hosts by that name, once: \`ssh-keyscan ${pair.hosts.map(({ address }) => address).join(" ")} | sed 's/^[^ ]*/${pair.virtual.hostname},${pair.virtual.address}/' >> ~/.ssh/known_hosts\``,
  ];
  const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}\n`).join("");
  return `With the service go, beside the shared data:

${list(goes)}
What the last active host had wins; copies of what it replaces are in \`/var/lib/xcatha/files\`, or beside it. Each host
keeps for itself:

${list(stays)}`;
};
