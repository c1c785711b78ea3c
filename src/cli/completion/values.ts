import { codes } from "../../diagnostic/codes/index.js";
import { questionIds } from "../../init/answers.js";
import { questions } from "../../init/questions.js";
import { procedureNames } from "../../plan/plays.js";
import type { KnownValues } from "../command-spec.js";

/** Values that the model, the plan and the diagnostics know, and the command line does not. */
export const knownValues: KnownValues = {
  init: Object.fromEntries(
    questionIds.flatMap((id) => {
      const { choices } = questions[id];
      return choices === undefined ? [] : [[`--${id}`, { choices }]];
    }),
  ),
  explain: { subject: { choices: procedureNames, rare: Object.keys(codes) } },
};
