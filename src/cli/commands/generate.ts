import { basename, dirname } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { type AddCommand, defaultModel, examples, type Session } from "../command.js";
import { exit } from "../exit.js";
import { report } from "../report.js";
import { ownVersion } from "../version.js";

interface Options {
  readonly out?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly force?: true;
}

const help = `
A file that xcatha did not write, or that was edited by hand, is never overwritten unless you
say --force; then it is kept beside the new one as NAME.xcatha-saved-1.
Exit codes: 0 done, 1 the model or the output is wrong, 2 wrong usage, 3 an internal error.
`;

/** `xcatha generate`: from a model to playbooks, roles and inventory. */
export const addGenerate: AddCommand = (program, session) => {
  program
    .command("generate")
    .summary("write the playbooks of a model")
    .description("Write the playbooks, roles and inventory of a model into the model's folder.")
    .argument("[model]", "the model's file", defaultModel)
    .option("--out <dir>", "write into this folder in place of the model's", folderName)
    .addOption(
      new Option("--check", "write nothing; fail if the folder is not up to date").conflicts([
        "dryRun",
        "force",
      ]),
    )
    .option("--dry-run", "write nothing; show what would change, as a diff")
    .option("--force", "replace files that were edited by hand or not written by xcatha")
    .addHelpText(
      "after",
      help +
        examples([
          ["xcatha generate", `from ${defaultModel} into this folder; then look at \`git diff\``],
          ["xcatha generate --dry-run | less", "what would change"],
          ["xcatha generate --check", "for CI: is what is checked in up to date?"],
          ["xcatha generate hamn.yml --out hamn", "from another model into another folder"],
        ]),
    )
    .action((file: string, options: Options) => generate(file, options, session));
};

/** An empty name is mostly a variable of a script that was not set. */
function folderName(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

async function generate(file: string, options: Options, { io, end }: Session): Promise<void> {
  const { check = false, dryRun = false, force = false, out = dirname(file) } = options;
  const { loadPair } = await import("../load-pair.js");
  const loaded = loadPair(file, io, check || dryRun ? "" : "; nothing was written");
  if (loaded === undefined) return end(exit.wrong);

  const { generateFiles } = await import("../../render/index.js");
  const { findChanges, identityOf } = await import("../../write/index.js");
  const files = generateFiles(loaded.pair);
  const origin = {
    modelFile: basename(file),
    modelText: loaded.source.text,
    pair: identityOf(loaded.pair),
    version: ownVersion(),
  };
  const find = () => findChanges(out, files, origin, file);
  const changes = find();
  if (!changes.ok) {
    report(io, changes.diagnostics, "Nothing was written.");
    return end(exit.wrong);
  }

  const { checkOutput, showOutput, writeOutput } = await import("../output.js");
  const finish = check ? checkOutput : dryRun ? showOutput : writeOutput;
  end(finish({ out, changes: changes.value, find, force, io }).exit);
}
