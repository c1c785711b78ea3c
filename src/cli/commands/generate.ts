import { basename, dirname, join, relative, resolve } from "node:path";
import { Option } from "commander";
import type { Diagnostic } from "../../diagnostic/types.js";
import type { Change } from "../../write/index.js";
import { type AddCommand, defaultModel, examples, type Session } from "../command.js";
import { exit } from "../exit.js";
import { count, report } from "../report.js";
import { ownVersion } from "../version.js";

interface Options {
  readonly out?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly force?: true;
}

type Writer = typeof import("../../write/index.js");

const help = `
A file that xcatha did not write, or that was edited by hand, is never overwritten unless you
say --force; then it is kept beside the new one as NAME.xcatha-saved-1.
Exit codes: 0 done, 1 the model or the output is wrong, 2 wrong usage, 3 a fault of xcatha.
`;

/** `xcatha generate`: from a model to playbooks, roles and inventory. */
export const addGenerate: AddCommand = (program, session) => {
  program
    .command("generate")
    .summary("write the playbooks of a model")
    .description("Write the playbooks, roles and inventory of a model into the model's folder.")
    .argument("[model]", "the model's file", defaultModel)
    .option("--out <dir>", "write into this folder in place of the model's")
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

async function generate(file: string, options: Options, session: Session): Promise<void> {
  const { io, end } = session;
  const { loadPair } = await import("../load-pair.js");
  const writes = options.check !== true && options.dryRun !== true;
  const loaded = loadPair(file, io, writes ? "; nothing was written" : "");
  if (loaded === undefined) return end(exit.wrong);

  const { generateFiles } = await import("../../render/index.js");
  const writer = await import("../../write/index.js");
  const { pair, source } = loaded;
  const context = { modelFile: basename(file), version: ownVersion() };
  const files = generateFiles(pair, context);
  const out = options.out ?? dirname(file);
  const model = relative(resolve(out), resolve(file));
  const changes = writer.findChanges(out, files, { ...context, modelText: source.text }, model);
  if (!changes.ok) {
    report(io, changes.diagnostics, "Nothing was written.");
    return end(exit.wrong);
  }
  const next = options.check ? check : options.dryRun ? dryRun : write;
  next(changes.value, out, options, session, writer);
}

type Finish = (
  changes: readonly Change[],
  out: string,
  options: Options,
  session: Session,
  writer: Writer,
) => void;

/** Names the file as the user finds it, not as the output folder does. */
const below = (out: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, file: join(out, diagnostic.file) }));

const check: Finish = (changes, out, _options, { io, end }, { staleness }) => {
  const wrong = changes
    .map((change) => ({ path: join(out, change.path), why: staleness(change) }))
    .filter(({ why }) => why !== undefined);
  for (const { path, why } of wrong) io.data(`${path}: ${why}\n`);
  if (wrong.length === 0) return io.say(`All ${changes.length} files in ${out} are up to date.`);
  io.say(`${wrong.length} of ${count(changes.length, "file")} in ${out} are not up to date.`);
  io.say("Next: xcatha generate, then commit what it writes.");
  end(exit.wrong);
};

const dryRun: Finish = (changes, out, { force = false }, { io, end }, { blockers, changeDiff }) => {
  for (const change of changes) io.data(changeDiff(change));
  const diagnostics = blockers(changes, force);
  if (diagnostics.length > 0) {
    report(
      io,
      below(out, diagnostics),
      `${count(diagnostics.length, "file")} in ${out} would be refused.`,
    );
    return end(exit.wrong);
  }
  const number = changes.filter(({ kind }) => kind !== "unchanged").length;
  io.say(
    `${number} of ${count(changes.length, "file")} in ${out} would change; nothing was written.`,
  );
  if (number > 0) io.say("Next: xcatha generate");
};

const write: Finish = (changes, out, { force = false }, { io, end }, { applyChanges }) => {
  const applied = applyChanges(out, changes, { force });
  if (!applied.ok) {
    const number = count(applied.diagnostics.length, "file");
    const broken = applied.diagnostics.some(({ code }) => code === "write-failed");
    const verdict = broken
      ? `${number} in ${out} could not be written.`
      : `${number} in ${out} refused; nothing was written.`;
    report(io, below(out, applied.diagnostics), verdict);
    return end(exit.wrong);
  }
  const { created, updated, removed, unchanged, saved } = applied.value;
  for (const { path, as } of saved) io.say(`What was ${path} is kept as ${as}.`);
  const counts = [
    [created, "created"],
    [updated, "updated"],
    [removed, "removed"],
    [unchanged, "unchanged"],
  ] as const;
  const words = counts
    .filter(([paths]) => paths.length > 0)
    .map(([paths, verb]) => `${paths.length} ${verb}`);
  io.say(`${count(changes.length - removed.length, "file")} in ${out}: ${words.join(", ")}.`);
  io.say(
    created.length + updated.length + removed.length > 0
      ? "Next: look at `git diff`, commit, then ansible-playbook setup.yml"
      : "Next: ansible-playbook status.yml",
  );
};
