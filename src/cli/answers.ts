import type { Diagnostic } from "../diagnostic/types.js";
import { type Answers, answerFault, type QuestionId, questionIds } from "../init/answers.js";
import { defaultAnswer } from "../init/defaults.js";
import type { Machine } from "../init/machine.js";

/** Every question answered, or those for which nobody knows an answer. */
export type Completed =
  | { readonly complete: Required<Answers> }
  | { readonly missing: readonly Diagnostic[] };

/** The answers that options of the command line give. */
export const answersOf = (options: Readonly<Record<string, unknown>>): Answers =>
  Object.fromEntries(
    questionIds.flatMap((id) => {
      const answer = options[id];
      return typeof answer === "string" ? [[id, answer.trim()]] : [];
    }),
  );

/** What is wrong with the answers that options give, each after those before it. */
export function optionFaults(given: Answers): readonly Diagnostic[] {
  let before: Answers = {};
  return questionIds.flatMap((id) => {
    const answer = given[id];
    if (answer === undefined) return [];
    const fault = answerFault(id, answer, before);
    before = { ...before, [id]: answer };
    if (fault === undefined) return [];
    const { pointer, ...rest } = fault;
    return [{ ...rest, file: `--${id}` }];
  });
}

/** What an answer probably is; undefined if nobody knows, or if the rules would refuse it. */
export function usualAnswer(id: QuestionId, machine: Machine, before: Answers): string | undefined {
  const usual = defaultAnswer(id, machine, before);
  return usual === undefined || answerFault(id, usual, before) ? undefined : usual;
}

/** Answers without asking what is not answered yet. */
export function complete(given: Answers, machine: Machine): Completed {
  let answers = given;
  for (const id of questionIds.filter((one) => given[one] === undefined)) {
    const usual = usualAnswer(id, machine, answers);
    if (usual !== undefined) answers = { ...answers, [id]: usual };
  }
  const missing = questionIds
    .filter((id) => answers[id] === undefined)
    .map(
      (id): Diagnostic => ({
        code: "answer-missing",
        message: "Nothing on this machine shows what this is, and nobody is there to ask.",
        fix: `give it as --${id}.`,
        file: `--${id}`,
      }),
    );
  return missing.length > 0 ? { missing } : { complete: answers as Required<Answers> };
}
