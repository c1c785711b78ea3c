import { duration } from "./duration.js";
import type { Act, ActUnit, CommandsOn, Explanation, Phase } from "./types.js";

const limitWords = (limit: number): string => (limit === 0 ? "" : `  [at most ${duration(limit)}]`);

const unitLines = (
  unit: ActUnit,
  hosts: readonly string[],
  commandsOn: CommandsOn,
): readonly string[] => [
  `        ${unit.unit}: ${unit.makes}${limitWords(unit.limit)}`,
  ...hosts.flatMap((host) => commandsOn(unit, host).map((line) => `          ${line}`)),
];

const actLines = (
  act: Act,
  hosts: readonly string[],
  commandsOn: CommandsOn,
): readonly string[] => {
  const commands = hosts.map((host) => commandsOn(act, host));
  const [first = [], ...others] = commands;
  const same = others.every((some) => some.join("\n") === first.join("\n"));
  return [
    `    - ${act.title}${limitWords(act.limit)}`,
    `      ${act.effect}`,
    ...(same
      ? first.map((line) => `        ${line}`)
      : hosts.flatMap((host, index) =>
          (commands[index] ?? []).map((line) => `        ${host}: ${line}`),
        )),
    ...(act.refusal === null
      ? []
      : [`      If it refuses: ${act.refusal.means} ${act.refusal.mend}`]),
    ...act.units.flatMap((unit) => unitLines(unit, hosts, commandsOn)),
    ...(act.undo === null ? [] : [`      Taken back: ${act.undo}`]),
  ];
};

/** Acts under the titles of their stages. */
const stageLines = (
  acts: readonly Act[],
  hosts: readonly string[],
  commandsOn: CommandsOn,
): readonly string[] =>
  acts.flatMap((act, index) => {
    const before = acts[index - 1];
    const opens = act.stage !== before?.stage || act.role !== before.role;
    const note =
      act.onFault === "note" ? " A fault here is noted; what follows is done all the same." : "";
    return [
      ...(opens ? [`  ${act.stageTitle} (role ${act.role}).${note}`] : []),
      ...actLines(act, hosts, commandsOn),
    ];
  });

/** What mends a failure is what another procedure does: its stages are enough. */
const briefly = (acts: readonly Act[]): readonly string[] =>
  [...new Set(acts.map(({ stageTitle }) => stageTitle))].map((title) => `  ${title}`);

const undoLines = ({ parts }: Phase): readonly string[] =>
  parts.flatMap(({ undo }) =>
    undo.length === 0
      ? []
      : ["  If a step up to xCAT's answer fails:", ...briefly(undo).map((line) => `  ${line}`)],
  );

const phaseLines = (phase: Phase, number: number, commandsOn: CommandsOn): readonly string[] => {
  const acts = phase.parts.flatMap((part) => part.acts);
  return [
    "",
    `${number}. ${phase.title}: on ${phase.hosts.join(" and ")}`,
    ...(phase.afterFailure
      ? briefly(acts)
      : [...stageLines(acts, phase.hosts, commandsOn), ...undoLines(phase)]),
  ];
};

/** How long a procedure takes, in a sentence or two. */
export const howLong = ({ usual, longest }: Pick<Explanation, "usual" | "longest">): string => {
  const { done, worst } = longest;
  const failing = worst > done ? `, and ${duration(worst)} when it fails at the last` : "";
  return `Usually ${duration(usual)}. At most ${duration(done)}, when every wait runs to its limit${failing}.`;
};

/** A procedure in words, for a terminal. */
export const explanationText = (explanation: Explanation, commandsOn: CommandsOn): string =>
  [
    explanation.summary,
    howLong(explanation),
    "",
    `    ${explanation.command}`,
    ...explanation.phases
      .filter(({ parts, afterFailure }) => parts.length > 0 || afterFailure)
      .flatMap((phase, index) => phaseLines(phase, index + 1, commandsOn)),
    "",
  ].join("\n");
