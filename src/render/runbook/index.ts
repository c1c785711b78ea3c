import { ansibleRange } from "../../catalog/ansible.js";
import { diagram } from "../../explain/diagram.js";
import { explain } from "../../explain/index.js";
import type { Explanation } from "../../explain/types.js";
import type { Procedure } from "../../plan/plays.js";
import type { Site } from "../../plan/site.js";
import type { Plan } from "../../plan/types.js";
import type { RenderedFile } from "../types.js";
import { byHand, planned, takeover } from "./checklists.js";
import { pairPicture } from "./picture.js";
import { refusals } from "./refusals.js";
import { carriedTable, commandTable, dataTable, serviceTable, timeTable } from "./tables.js";

/** Names and values that all parts of a runbook use. */
export interface Runbook {
  readonly site: Site;
  readonly plan: Plan;
  readonly first: string;
  readonly second: string;
  readonly of: (name: Procedure["name"]) => Explanation;
}

const lookUp =
  (explanations: readonly Explanation[]) =>
  (name: Procedure["name"]): Explanation => {
    const found = explanations.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no procedure ${name}`);
    return found;
  };

const vault = ({ pair }: Site): string =>
  pair.database === "sqlite"
    ? ""
    : `
The database's password is in \`vault.yml\` (from \`vault.example.yml\`, encrypted by \`ansible-vault encrypt\`), which
\`setup.yml\` and \`switch-db.yml\` alone read: give these \`--ask-vault-pass\`, or once in your shell

    export ANSIBLE_VAULT_PASSWORD_FILE=~/.${pair.name}-vault

All else, a failover too, goes without. A login that is not root and needs a password for sudo: \`-K\`.
`;

const ansible = ({ platform }: Site): string => {
  const { from, to, refused } = ansibleRange(platform);
  return refused === null
    ? `Where Ansible runs: ansible-core ${from} to ${to}.`
    : `Where Ansible runs: ansible-core ${from} to ${to}. The hosts have Python ${platform.python}, which later ones cannot manage.`;
};

const state = ({ site }: Runbook): string => `## Look first

    ansible-playbook status.yml

It changes nothing, and takes some seconds. A healthy pair ends with \`Nothing is wrong.\`, and its first line names the
host that serves: \`Pair ${site.pair.name}, virtual IP ${site.pair.virtual.address} (${site.pair.virtual.hostname}): ${site.pair.hosts[0].name} is active\`.

| It says | What to do |
| --- | --- |
| \`Nothing is wrong.\` | nothing; a failover is possible at any time |
| \`… is active\`, and \`… does not answer.\` about the other host | xCAT is served; repair the host, then \`standby.yml --limit HOST\` |
| \`no host is active\`, and a host does not answer | [the active host does not answer](#the-active-host-does-not-answer) |
| \`No host is active\`, and both answer | the command that it names |
| \`Left to do: …\` | what the line says; it can wait until morning |
| \`BROKEN RULE: …\` | now: the command that it names, before anything else |
`;

const interrupted = ({ first, second }: Runbook): string => `## A run was interrupted

Ctrl-C, a lost connection or a control machine that died leave the hosts where they were: one host is active or none,
never two. Ctrl-C once; the task that runs on a host may still end there. Then run the same command again: it goes on
from what it finds. To go back instead, \`ansible-playbook failover.yml -e xcatha_to=${first}\` (or \`${second}\`) names the
host that is to be active. \`status.yml\` tells at any time where the pair is.
`;

/** The pair's runbook, for the night of a failure: what to run, what one sees, how long it can take. */
export const runbook = (site: Site, plan: Plan, header: string): RenderedFile => {
  const { pair } = site;
  const [first, second] = pair.hosts;
  const hosts = [first.name, second.name];
  const book: Runbook = {
    site,
    plan,
    first: first.name,
    second: second.name,
    of: lookUp(explain(site, plan)),
  };
  const picture = (name: Procedure["name"]): string =>
    `\`\`\`mermaid\n${diagram(book.of(name), hosts)}\`\`\``;
  return {
    path: "README.md",
    text: `# Runbook of the pair ${pair.name}

${header.replace(/^# /, "")}
${pairPicture(site)}

xCAT on ${pair.database}, ${site.platform.title}. One host is active: it holds the virtual IP and runs everything. The other
is standby. Nothing of the pair starts at boot.

${ansible(site)}
${vault(site)}
${state(book)}
${planned(book)}
${picture("failover")}

${takeover(book)}
${picture("takeover")}

${byHand(book)}
${refusals(book)}
${interrupted(book)}
## How long it takes

${timeTable(book)}
## All commands

${commandTable(book)}
Every playbook may be repeated, and shows with \`--check --diff\` what it would do. \`xcatha explain failover\` says
each step with its commands.

## Services, in the order in which they start

${serviceTable(site)}
## Directories on the shared data

${dataTable(site)}
## What goes with the service, and what stays behind

${carriedTable(site)}`,
  };
};
