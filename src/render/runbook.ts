import { diagram } from "../explain/diagram.js";
import { explain } from "../explain/index.js";
import { howLong } from "../explain/text.js";
import type { Site } from "../plan/site.js";
import type { Plan } from "../plan/types.js";
import type { RenderedFile } from "./types.js";

const topology = ({ pair }: Site): string => {
  const [first, second] = pair.hosts;
  return `\`\`\`mermaid
flowchart LR
  nodes["cluster nodes"] --> vip(["virtual IP ${pair.virtual.address}<br>${pair.virtual.hostname}"])
  vip --> a["${first.name} ${first.address}<br>active"]
  vip -.-> b["${second.name} ${second.address}<br>standby"]
  a --> data[("shared data ${pair.shared.path}")]
  b -.-> data
\`\`\``;
};

/** The pair's runbook: what to run, when, and how long it can take. */
export const runbook = (site: Site, plan: Plan, header: string): RenderedFile => {
  const { pair } = site;
  const [first, second] = pair.hosts;
  const failover = explain(site, plan).find(({ name }) => name === "failover");
  const vault =
    pair.database === "sqlite"
      ? ""
      : `\nThe database's password comes from the vault: copy \`vault.example.yml\` to
\`group_vars/${pair.name}/vault.yml\`, put your own password in, encrypt it with
\`ansible-vault encrypt group_vars/${pair.name}/vault.yml\`, and give each command below
\`--ask-vault-pass\` (or set \`ANSIBLE_VAULT_PASSWORD_FILE\`).\n`;
  return {
    path: "README.md",
    text: `# Runbook of the pair ${pair.name}

${header.replace(/^# /, "")}
${topology(site)}

xCAT on ${pair.database}, ${site.platform.title}. One host is active: it holds the virtual IP and runs
everything. The other is standby. Nothing of the pair starts at boot.
${vault}
## Commands

| Command | What it does |
| --- | --- |
${plan.playbooks.flatMap((playbook) => playbook.usage.map((line) => `| \`${line}\` | ${playbook.summary} |`)).join("\n")}

Every playbook may be repeated, and shows with \`--check --diff\` what it would do.

## The active host is to be changed, or is broken but answers

    ansible-playbook failover.yml

${failover ? howLong(failover) : ""} If the new host cannot start, the service goes back to the old one.

\`\`\`mermaid
${failover ? diagram(failover, [first.name, second.name]) : ""}\`\`\`

## The active host does not answer

\`failover.yml\` refuses, since a host that does not answer may still write to the shared data. Cut its
power, or unplug its network cable if that is also its only way to the shared data. Then name it:

    ansible-playbook failover.yml -e xcatha_fenced=${first.name}

Repair its operating system or hardware. Once it is up, it runs nothing of the pair; bring it back with

    ansible-playbook standby.yml --limit ${first.name}

## By hand, one half after the other

    ansible-playbook deactivate.yml --limit ${first.name}
    ansible-playbook activate.yml --limit ${second.name}

## Services, in the order in which they start

| Service | Unit |
| --- | --- |
${site.services.map(({ service }) => `| ${service.label} | \`${service.unit}\` |`).join("\n")}

## Directories on the shared data

${site.directories.map((path) => `- \`${path}\``).join("\n")}
`,
  };
};
