import { InvalidArgumentError, Option } from "commander";
import {
  type AddCommand,
  defaultModel,
  examples,
  modelArgument,
  type Session,
} from "../command.js";
import { exit } from "../exit.js";
import { jsonDiagnostic, jsonOption, modelReport, printReport, silent } from "../json.js";

interface Options {
  readonly out?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly force?: true;
  readonly json?: true;
}

const help = `
A file that xcatha did not write, or that was edited by hand, is never overwritten unless you
say --force; then it is kept beside the new one as NAME.xcatha-saved-1.
With several models, or a folder of them, nothing is written unless all of them are right.
Exit codes: 0 done, 1 the model or the output is wrong, 2 wrong usage, 3 an internal error.
`;

/** `xcatha generate`: from models to playbooks, roles and inventories. */
export const addGenerate: AddCommand = (program, session) => {
  program
    .command("generate")
    .summary("write the playbooks of a model")
    .description("Write the playbooks, roles and inventory of a model into the model's folder.")
    .addArgument(modelArgument())
    .option(
      "--out <dir>",
      "write into this folder in place of the model's; with several models, into a folder below it for each pair",
      folderName,
    )
    .addOption(
      new Option("--check", "write nothing; fail if the folder is not up to date").conflicts([
        "dryRun",
        "force",
      ]),
    )
    .option("--dry-run", "write nothing; show what would change, as a diff")
    .option("--force", "replace files that were edited by hand or not written by xcatha")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      help +
        examples([
          ["xcatha generate", `from ${defaultModel} into this folder; then look at \`git diff\``],
          ["xcatha generate --dry-run | less", "what would change"],
          ["xcatha generate --check", "for CI: is what is checked in up to date?"],
          ["xcatha generate hamn.yml --out hamn", "from another model into another folder"],
          ["xcatha generate sites --check", "every xcatha.yml below a folder, in one run"],
        ]),
    )
    .action((words: readonly string[], options: Options) => generate(words, options, session));
};

/** An empty name is mostly a variable of a script that was not set. */
function folderName(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

async function generate(
  words: readonly string[],
  options: Options,
  { io, end }: Session,
): Promise<void> {
  const { check, dryRun, force = false, json, out } = options;
  const { loadModels } = await import("../load-models.js");
  const quiet = json ? silent(io) : io;
  const afterword = check || dryRun ? "" : "; nothing was written";
  const { all, right, several } = loadModels(words, quiet, afterword);
  if (right.length < all.length) {
    if (json) printReport(io, "generate", exit.wrong, { models: all.map(modelReport) });
    return end(exit.wrong);
  }
  const { generateOutputs } = await import("../generate-outputs.js");
  const mode = check ? "check" : dryRun ? "dry-run" : "write";
  const outcomes = generateOutputs(right, { mode, force, out, several, io: quiet });
  const code = outcomes.every((one) => one.exit === exit.done) ? exit.done : exit.wrong;
  for (const next of new Set(outcomes.map((one) => one.next))) if (next) quiet.say(next);
  if (json) {
    const models = outcomes.map(({ loaded, report }) => ({
      ...modelReport(loaded),
      output: { mode, ...report, diagnostics: report.diagnostics.map(jsonDiagnostic) },
    }));
    printReport(io, "generate", code, { models });
  }
  end(code);
}
