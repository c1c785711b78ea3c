import type { Act, Explanation, Phase } from "./types.js";

/** Text of a Mermaid message: what has a meaning there is written by its number. */
const text = (words: string): string =>
  words.replaceAll(/[#;<>]/g, (mark) => `#${mark.codePointAt(0)};`);

/** Titles of the stages that acts belong to, each once. */
const titles = (acts: readonly Act[]): readonly string[] => [
  ...new Set(acts.map(({ stageTitle }) => stageTitle)),
];

const messages = (
  names: readonly string[],
  hosts: readonly string[],
  acts: readonly Act[],
): readonly string[] =>
  titles(acts).flatMap((title) =>
    hosts.map((host) => `  control->>h${names.indexOf(host)}: ${text(title)}`),
  );

const phaseLines = (names: readonly string[], { parts, hosts }: Phase): readonly string[] =>
  messages(
    names,
    hosts,
    parts.flatMap(({ acts }) => acts),
  );

/** What is done when a phase fails: it takes back, then the phases for that follow. */
const failureLines = (
  names: readonly string[],
  phase: Phase,
  later: readonly Phase[],
): readonly string[] => {
  const back = phase.parts.flatMap(({ undo }) => undo);
  const inside = [
    ...messages(names, phase.hosts, back),
    ...later.flatMap((one) => phaseLines(names, one)),
  ];
  return inside.length === 0
    ? []
    : [`  opt it could not be done`, ...inside.map((line) => `  ${line}`), "  end"];
};

/** A procedure as a Mermaid sequence diagram: who is asked to do what, in order. */
export const diagram = ({ phases }: Explanation, hosts: readonly string[]): string => {
  const lines = phases
    .filter(({ afterFailure }) => !afterFailure)
    .flatMap((phase) => [
      ...phaseLines(hosts, phase),
      ...failureLines(
        hosts,
        phase,
        phase.keepsReason ? phases.filter(({ afterFailure }) => afterFailure) : [],
      ),
    ]);
  return [
    "sequenceDiagram",
    "  participant control as ansible-playbook",
    ...hosts.map((host, index) => `  participant h${index} as ${text(host)}`),
    ...lines,
    "",
  ].join("\n");
};
