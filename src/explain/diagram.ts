import type { Act, Explanation, Phase } from "./types.js";

/** Text of a Mermaid message: what has a meaning there is written by its number. */
const text = (words: string): string =>
  words.replaceAll(/[#;<>]/g, (mark) => `#${mark.codePointAt(0)};`);

/** Titles of the stages that acts belong to, each once. */
const titles = (acts: readonly Act[]): readonly string[] => [
  ...new Set(acts.map(({ stageTitle }) => stageTitle)),
];

const message = (names: readonly string[], host: string, title: string): string =>
  `  control->>h${names.indexOf(host)}: ${text(title)}`;

const messages = (
  names: readonly string[],
  hosts: readonly string[],
  acts: readonly Act[],
): readonly string[] =>
  titles(acts).flatMap((title) => hosts.map((host) => message(names, host, title)));

/** How the hosts are is asked again and again: once is enough for a picture. */
const phaseLines = (
  names: readonly string[],
  { parts, hosts }: Phase,
  index: number,
): readonly string[] =>
  messages(
    names,
    hosts,
    parts.flatMap(({ acts }) => acts.filter(({ role }) => index === 0 || role !== "status")),
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
    ...later.flatMap(({ title, hosts }) => hosts.map((host) => message(names, host, title))),
  ];
  return inside.length === 0
    ? []
    : ["  opt it cannot be done", ...inside.map((line) => `  ${line}`), "  end"];
};

/** Hosts that do something stand beside the one who asks, so that the arrows have room for words. */
const columns = (names: readonly string[], lines: readonly string[]): readonly number[] =>
  names
    .map((_, index) => index)
    .toSorted((a, b) => Number(isIdle(lines, a)) - Number(isIdle(lines, b)));

const isIdle = (lines: readonly string[], index: number): boolean =>
  lines.filter((line) => line.includes(`->>h${index}:`)).length < 2;

/** A procedure as a Mermaid sequence diagram: who is asked to do what, in order. */
export const diagram = ({ phases }: Explanation, names: readonly string[]): string => {
  const lines = phases
    .filter(({ afterFailure }) => !afterFailure)
    .flatMap((phase, index) => [
      ...phaseLines(names, phase, index),
      ...failureLines(
        names,
        phase,
        phase.keepsReason ? phases.filter(({ afterFailure }) => afterFailure) : [],
      ),
    ]);
  return [
    "sequenceDiagram",
    "  participant control as ansible-playbook",
    ...columns(names, lines).map(
      (index) => `  participant h${index} as ${text(names[index] ?? "")}`,
    ),
    ...lines,
    "",
  ].join("\n");
};
