import { procedureNames } from "../../plan/plays.js";
import { type AddCommand, defaultModel, examples, type Session } from "../command.js";
import { exit } from "../exit.js";
import { jsonOption, modelReport, printReport, silent } from "../json.js";

interface Options {
  readonly json?: true;
  readonly diagram?: true;
}

const isProcedure = (word: string): boolean => (procedureNames as readonly string[]).includes(word);

const help = `
Without a subject, all that a pair's playbooks do is listed. No host is contacted.
A code is the name of a mistake or a warning, as \`--json\` and the README give it.
`;

/** `xcatha explain`: what a playbook does, step by step, or what a diagnostic means. */
export const addExplain: AddCommand = (program, session) => {
  program
    .command("explain")
    .summary("say what a playbook does, step by step, or what a code means")
    .description(
      "Say what activate, deactivate, failover, takeover or setup does on which host, in order, with its commands, limits and what takes it back; or what a code of a diagnostic means.",
    )
    .argument("[subject]", `${procedureNames.join(", ")}, or a code`)
    .argument("[model]", "the model's file", defaultModel)
    .addOption(jsonOption().conflicts("diagram"))
    .option("--diagram", "print a Mermaid diagram in place of the steps")
    .addHelpText(
      "after",
      help +
        examples([
          ["xcatha explain failover", "what a planned failover does"],
          ["xcatha explain takeover --diagram", "a picture of a takeover, for Mermaid"],
          ["xcatha explain netmask-malformed", "what this code means"],
        ]),
    )
    .action((subject: string | undefined, file: string, options: Options) =>
      // A model alone: all that can be explained of it.
      subject?.endsWith(".yml") || subject?.endsWith(".yaml")
        ? explainPlan(undefined, subject, options, session)
        : subject === undefined || isProcedure(subject)
          ? explainPlan(subject, file, options, session)
          : explainCode(subject, options, session),
    );
};

async function explainPlan(
  subject: string | undefined,
  file: string,
  { json, diagram: drawn }: Options,
  { io, end }: Session,
): Promise<void> {
  const { loadPair } = await import("../load-pair.js");
  const loaded = loadPair(file, json ? silent(io) : io, "");
  const { pair } = loaded;
  if (pair === undefined) {
    if (json)
      printReport(io, "explain", exit.wrong, { model: modelReport(loaded), procedures: [] });
    return end(exit.wrong);
  }
  const { explainPair } = await import("../../explain/pair.js");
  const { explanations, commandsOn } = explainPair(pair);
  const chosen = explanations.filter(({ name }) => subject === undefined || name === subject);
  if (json) {
    const { explanationReport } = await import("../../explain/report.js");
    const procedures = chosen.map((one) => explanationReport(one, commandsOn));
    return printReport(io, "explain", exit.done, { model: modelReport(loaded), procedures });
  }
  if (drawn) {
    const { diagram } = await import("../../explain/diagram.js");
    const hosts = pair.hosts.map(({ name }) => name);
    return io.data(chosen.map((one) => diagram(one, hosts)).join("\n"));
  }
  const { explanationText, howLong } = await import("../../explain/text.js");
  if (subject !== undefined)
    return io.data(chosen.map((one) => explanationText(one, commandsOn)).join("\n"));
  for (const one of chosen)
    io.data(`${one.name}: ${one.summary}\n    ${one.command}\n    ${howLong(one)}\n`);
  io.say(`Next: xcatha explain failover${file === defaultModel ? "" : ` ${file}`}`);
}

async function explainCode(code: string, { json }: Options, { io, end }: Session): Promise<void> {
  const { codes, wordsOfCode } = await import("../../diagnostic/codes/index.js");
  const words = wordsOfCode(code);
  if (words === undefined) {
    const { suggest } = await import("../../diagnostic/suggest.js");
    const near = suggest(code, [...procedureNames, ...Object.keys(codes)]);
    io.say(
      `There is nothing to explain under this name${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
    io.say("Next: xcatha explain --help");
    return end(exit.usage);
  }
  if (json) return printReport(io, "explain", exit.done, { code, ...words });
  const { codeText } = await import("../../diagnostic/codes/text.js");
  io.data(codeText(code, words));
}
