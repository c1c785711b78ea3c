import { howLong } from "../../explain/text.js";
import type { Explanation } from "../../explain/types.js";
import type { Runbook } from "./index.js";

/** A command and lines that it prints when it goes well; a test runs them and compares. */
const console = (command: string, lines: readonly string[]): string =>
  [`$ ${command}`, ...lines].map((line) => `       ${line}`).join("\n");

const block = (command: string, lines: readonly string[] = []): string =>
  `   \`\`\`console\n${console(command, lines).replaceAll(/^ {4}/gm, "")}\n   \`\`\``;

/** Tasks that end the parts of what is done on each host, as Ansible prints them. */
const milestones = ({ phases }: Explanation): readonly string[] =>
  phases
    .filter(({ afterFailure }) => !afterFailure)
    .flatMap(({ parts }) => parts)
    .flatMap(({ acts }) => acts.at(-1) ?? [])
    .map(({ role, title }) => `TASK [${role} : ${title}]`)
    .filter((line, index, lines) => lines.indexOf(line) === index);

const active = ({ site }: Runbook, host: string): readonly string[] => [
  `Pair ${site.pair.name}, virtual IP ${site.pair.virtual.address} (${site.pair.virtual.hostname}): ${host} is active`,
  "Nothing is wrong.",
];

/** The active host answers: the service moves. */
export const planned = (book: Runbook): string => {
  const failover = book.of("failover");
  return `## The active host is reachable

For maintenance, or when it is broken but answers. ${howLong(failover)}

1. See that nothing is wrong with \`${book.second}\`, which takes over:

${block("ansible-playbook status.yml", active(book, book.first))}

2. Move the service. \`${book.second}\` is checked while \`${book.first}\` still serves; if it cannot start, \`${book.first}\` serves again.

${block(failover.command, [...milestones(failover), `${book.second} is active.`])}

3. See that it is so:

${block("ansible-playbook status.yml", active(book, book.second))}

The same command moves it back.
`;
};

/** The active host is gone: nobody may be sure that it does not write. */
export const takeover = (book: Runbook): string => {
  const explanation = book.of("takeover");
  const { first, second } = book;
  const refused = book.site.fencing
    ? []
    : [
        `1. See what is refused: a host that does not answer may still write to the shared data. Nothing is changed.

${block("ansible-playbook failover.yml", [`${first} does not answer, and may still write to the shared data.`])}
`,
      ];
  const steps = [
    ...refused,
    book.site.fencing
      ? `1. \`${first}\` is restarted by the model's command; if it does not come back its power is cut, and only the power's own
   status counts as proof.
`
      : `1. Cut the power of \`${first}\`. Its network cable is enough only if it has no other way to the shared data, such as a
   storage network.
`,
    `1. Let \`${second}\` take over.${book.site.fencing ? "" : " The name is your word that the host can no longer write."}

${block(explanation.command, [`${second} is active.`])}
`,
    `1. Repair \`${first}\`. When it boots, nothing of the pair starts on it. Then:

${block(`ansible-playbook standby.yml --limit ${first}`)}
`,
    `1. See that it is so:

${block("ansible-playbook status.yml", active(book, second))}
`,
  ];
  return `## The active host does not answer

${howLong(explanation)}

${steps.map((step, index) => step.replace(/^1\./, `${index + 1}.`)).join("\n")}`;
};

/** The two halves of a planned failover. */
export const byHand = (book: Runbook): string => {
  const [away, here] = [book.of("deactivate"), book.of("activate")];
  return `## Both halves by hand

Between the two nobody serves.

1. Stop \`${book.first}\`:

${block(away.command, [`TASK [deactivate : ${away.phases.at(-1)?.parts.at(-1)?.acts.at(-1)?.title ?? ""}]`])}

2. Start \`${book.second}\`:

${block(here.command, milestones(here))}
`;
};
