import { cancel, intro, isCancel, select, text } from "@clack/prompts";
import { type Answers, answerFault, questionIds } from "../init/answers.js";
import type { Machine } from "../init/machine.js";
import { type Question, questions } from "../init/questions.js";
import { type Completed, usualAnswer } from "./answers.js";

/** Words are on stderr, as everywhere. */
const output = process.stderr;

/** Asks one question, until its answer has no fault. */
async function askOne(
  { asks, choices, placeholder }: Question,
  usual: string | undefined,
  fault: (answer: string) => string | undefined,
): Promise<string | symbol> {
  if (choices !== undefined) {
    const options = choices.map((value) => ({ value, label: value }));
    return await select({
      message: asks,
      options,
      ...(usual !== undefined && { initialValue: usual }),
      output,
    });
  }
  return await text({
    message: asks,
    placeholder: usual ?? placeholder,
    ...(usual !== undefined && { defaultValue: usual }),
    // An empty answer is the default.
    validate: (answer) => fault(answer || (usual ?? "")),
    output,
  });
}

/** Asks on the terminal what was not answered by options; undefined if the person left. */
export async function ask(given: Answers, machine: Machine): Promise<Completed | undefined> {
  intro("xcatha init: a model of two xCAT management nodes", { output });
  let answers = given;
  for (const id of questionIds.filter((one) => given[one] === undefined)) {
    const before = answers;
    const answer = await askOne(questions[id], usualAnswer(id, machine, before), (typed) => {
      const found = answerFault(id, typed, before);
      return found && `${found.message} Fix: ${found.fix}`;
    });
    if (isCancel(answer)) {
      cancel("Nothing was written.", { output });
      return undefined;
    }
    answers = { ...answers, [id]: String(answer).trim() };
  }
  return { complete: answers as Required<Answers> };
}
