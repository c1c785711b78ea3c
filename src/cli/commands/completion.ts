import { Argument } from "commander";
import { type AddCommand, examples } from "../command.js";

type Shell = "bash" | "zsh" | "fish";

/** `xcatha completion`: a script by which a shell completes the command line. */
export const addCompletion: AddCommand = (program, { io }) => {
  program
    .command("completion")
    .summary("print a script that completes the command line")
    .description(
      "Print a script by which bash, zsh or fish completes commands, options, their values and models.",
    )
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      examples([
        ["source <(xcatha completion bash)", "for this shell; likewise with zsh"],
        ["xcatha completion fish | source", ""],
      ]),
    )
    .action(async (shell: Shell) => {
      const { specsOf } = await import("../command-spec.js");
      const { completions } = await import("../completion/index.js");
      const { knownValues } = await import("../completion/values.js");
      io.data(completions[shell](specsOf(program, knownValues)));
    });
};
