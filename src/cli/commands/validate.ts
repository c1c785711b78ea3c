import { type AddCommand, examples, modelArgument, type Session } from "../command.js";
import { exit } from "../exit.js";
import { jsonOption, modelReport, printReport, silent } from "../json.js";
import { nextCommand } from "../next.js";

interface Options {
  readonly json?: true;
}

/** `xcatha validate`: says all that is wrong with models, and writes nothing. */
export const addValidate: AddCommand = (program, session) => {
  program
    .command("validate")
    .summary("say what is wrong with a model")
    .description("Check models and say everything that is wrong with them at once. Writes nothing.")
    .addArgument(modelArgument())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      examples([
        ["xcatha validate", "check xcatha.yml in this folder"],
        ["xcatha validate hamn/xcatha.yml", "check another model"],
        ["xcatha validate sites", "check every xcatha.yml below a folder"],
        ["xcatha validate - < model", "check standard input"],
      ]),
    )
    .action((words: readonly string[], options: Options) => validate(words, options, session));
};

async function validate(
  words: readonly string[],
  { json }: Options,
  { io, end }: Session,
): Promise<void> {
  const { loadModels } = await import("../load-models.js");
  const quiet = json ? silent(io) : io;
  const { all, right } = loadModels(words, quiet, "", ({ file, pair }) => {
    const [first, second] = pair.hosts;
    return `${file} is right: pair ${pair.name}, hosts ${first.name} and ${second.name}, on ${pair.platform}.`;
  });
  const code = right.length === all.length ? exit.done : exit.wrong;
  if (all.length > 1 && code === exit.done) quiet.say(`All ${all.length} models are right.`);
  if (code === exit.done) quiet.say(nextCommand("xcatha generate", words));
  if (json) printReport(io, "validate", code, { models: all.map(modelReport) });
  end(code);
}
