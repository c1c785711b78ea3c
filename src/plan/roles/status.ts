import { refusals } from "../refusals.js";
import type { Site } from "../site.js";
import { refuse, step } from "../step.js";
import type { Role, Step } from "../types.js";

/** Seconds that a host's answer may take; the program that gives it ends within 20 s by itself. */
const answer = 60;
/** And the search for a sign of life of a host that gave none. */
const alive = 20;
/** And the program on the control machine that decides by the answers. */
export const decision = 30;

/** Compares the clocks that both hosts told. */
export const clocksStep = (site: Site): Step =>
  refuse({
    id: "clocks",
    title: "Refuse hosts whose clocks are apart",
    effect: "The clocks are at most 10 s apart, or the peer does not answer.",
    refusal: refusals(site).clocks,
  });

/** Asks both hosts what they are; prints it, and fails when something is wrong, or cannot be known. */
export const statusRole = (site: Site): Role => {
  const bound = answer + site.pair.timeouts.connect + alive;
  return {
    name: "status",
    summary: "Asks both hosts of the pair what they are now, and tells what is wrong.",
    why: [
      "The entry `ask` changes nothing and is what every other playbook decides by. A host that",
      "cannot be asked is part of the answer, not an error. It ends with `decide`: who is active,",
      "who hands over to whom, and the sentence of each refusal that holds now; the tasks called",
      "`Refuse …` only ask for it. The main entry is for a play in which each host was asked by",
      "`ask-one` before: it shows the answers and holds them against the safety rules. The programs,",
      "`state` on the hosts, `decide` and `report` on this machine, are those of the role host_kit;",
      "`state` is sent along, so a host that has no kit can be asked.",
    ],
    stages: [
      {
        id: "ask",
        title: "Ask both hosts",
        entry: "separate",
        steps: [
          step({
            id: "ask-both",
            title: "Ask both hosts what they are now",
            effect: "The answers of both hosts are known.",
            bound: 2 * bound + decision,
            template: "status/ask-both",
          }),
        ],
      },
      {
        id: "ask-one",
        title: "Ask one host",
        entry: "separate",
        steps: [
          step({
            id: "ask",
            title: "Ask the host what it is now",
            effect: "The host's answer is known, or whether it is alive all the same.",
            bound,
            template: "status/ask",
            data: { timeout: answer, aliveTimeout: alive },
          }),
        ],
      },
      {
        id: "decide",
        title: "Decide by the answers",
        entry: "separate",
        steps: [
          step({
            id: "decide",
            title: "Tell from the answers who leads the pair, and what to refuse",
            effect: "It is known who is active, who hands over to whom, and what would be refused.",
            bound: decision,
            template: "status/decide",
            data: { seconds: decision },
          }),
        ],
      },
      {
        id: "gather",
        title: "Gather what both hosts answered",
        entry: "main",
        inline: true,
        steps: [
          step({
            id: "gather",
            title: "Ask the peer as well, if it has no part in this run",
            effect: "The answers of both hosts are known.",
            bound,
            template: "status/gather",
          }),
        ],
      },
      {
        id: "report",
        title: "Show what they answered, and what is wrong",
        entry: "main",
        inline: true,
        steps: [
          step({
            id: "show",
            title: "Show the pair",
            effect: "The state of the pair is printed.",
            template: "status/show",
          }),
        ],
      },
    ],
    undoable: null,
    closing: null,
  };
};
