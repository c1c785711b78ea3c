import { type AddCommand, defaultModel, examples } from "../command.js";
import { exit } from "../exit.js";

/** `xcatha validate`: says all that is wrong with a model, and writes nothing. */
export const addValidate: AddCommand = (program, { io, end }) => {
  program
    .command("validate")
    .summary("say what is wrong with a model")
    .description("Check a model and say everything that is wrong with it at once. Writes nothing.")
    .argument("[model]", "the model's file", defaultModel)
    .addHelpText(
      "after",
      examples([
        ["xcatha validate", `check ${defaultModel} in this folder`],
        ["xcatha validate hamn/xcatha.yml", "check another model"],
      ]),
    )
    .action(async (file: string) => {
      const { loadPair } = await import("../load-pair.js");
      const loaded = loadPair(file, io, "");
      if (loaded === undefined) return end(exit.wrong);
      const { name, platform, hosts } = loaded.pair;
      const [first, second] = hosts;
      io.say(
        `${file} is right: pair ${name}, hosts ${first.name} and ${second.name}, on ${platform}.`,
      );
      io.say("Next: xcatha generate");
    });
};
