import { basename } from "node:path";
import { isatty } from "node:tty";
import type { Diagnostic } from "../../diagnostic/types.js";
import { type AddCommand, defaultModel, examples, type Session } from "../command.js";
import { exit } from "../exit.js";
import { nextCommand } from "../next.js";

interface Options extends Readonly<Partial<Record<string, string | true>>> {
  readonly yes?: true;
}

const help = `
Each question has an option. Without a terminal, or with --yes, what no option answers is taken
from what this machine shows: its addresses, /etc/hosts, /etc/os-release, its mounts. Nothing is
ever overwritten, and Ctrl-C writes nothing.
`;

/** `xcatha init`: asks for what a model needs, and writes it. */
export const addInit: AddCommand = (program, session) => {
  program
    .command("init")
    .summary("write a first model, by questions")
    .description(
      "Ask for what a model needs, and write it with its schema beside it, which editors check and complete it by.",
    )
    .argument("[model]", "the model's file", defaultModel)
    .option("--host1 <name=address>", "the host that setup makes active")
    .option("--host2 <name=address>", "the other host")
    .option("--shared <dir>", "the directory that both hosts can reach")
    .option("--nic <name>", "the network interface for the virtual IP")
    .option("--vip <address>", "the virtual IP")
    .option("--netmask <netmask|bits>", "the subnet's netmask, or the length of its prefix")
    .option("--platform <name>", "the Linux of both hosts, e.g. el9")
    .option("--hostname <name>", "the hostname of whichever host is active")
    .option("--database <name>", "postgresql, mariadb or sqlite")
    .option(
      "--fencing <command>",
      "how to ask for and cut a host's power, e.g. `ipmitool -H HOST-bmc -U xcat -f /etc/xcatha/HOST power`: `status` and `off` are added, and HOST is each host's name; none: an operator cuts it and says so",
    )
    .option("--yes", "ask nothing")
    .addHelpText(
      "after",
      help +
        examples([
          ["xcatha init", "ask, and write xcatha.yml into this folder"],
          [
            "xcatha init --host1 mn1=10.5.106.70 --host2 mn2=10.5.106.5 --vip 10.5.106.50 --yes",
            "",
          ],
        ]),
    )
    .action((file: string, options: Options) => init(file, options, session));
};

async function init(file: string, options: Options, { io, end }: Session): Promise<void> {
  const { makeFiles, whatIsThere } = await import("../../write/new-files.js");
  const { report } = await import("../report.js");
  const refuse = (code: 1 | 2, ...diagnostics: readonly Diagnostic[]): void => {
    report(io, diagnostics, "Nothing was written.");
    end(code);
  };
  const there = whatIsThere(file);
  if (there !== undefined) return refuse(exit.wrong, there);

  const { answersOf, complete, optionFaults } = await import("../answers.js");
  const { seeMachine } = await import("../../init/machine.js");
  const given = answersOf(options);
  const faults = optionFaults(given);
  if (faults.length > 0) return refuse(exit.usage, ...faults);
  const machine = seeMachine();
  const asks = options.yes === undefined && isatty(0) && isatty(2);
  const { ask } = asks ? await import("../ask.js") : { ask: complete };
  const answers = await ask(given, machine);
  if (answers === undefined) return end(exit.wrong);
  if ("missing" in answers) return refuse(exit.usage, ...answers.missing);

  const { documentOf, questionIds } = await import("../../init/answers.js");
  const { modelFiles } = await import("../../init/model-text.js");
  const { schema, model } = modelFiles(file, documentOf(answers.complete));
  const fault = makeFiles([schema, model]);
  if (fault !== undefined) return refuse(exit.wrong, fault);
  io.say(`${model.path} is written, and beside it ${basename(schema.path)}, for editors.`);
  for (const id of questionIds) io.say(`  ${id.padEnd(9)} ${answers.complete[id]}`);
  io.say(nextCommand("xcatha validate", [file]));
}
