import type { HaPair } from "../model/types.js";
import { planOf } from "../plan/index.js";
import type { Step } from "../plan/types.js";
import { stepText } from "../render/index.js";
import { commandsIn } from "./commands.js";
import { fill, fillSettings, settingsOn, valuesOn } from "./fill.js";
import { explain } from "./index.js";
import type { Act, CommandsOn, Explanation } from "./types.js";

/** Everything that can be said of a pair's procedures, with the commands that its output holds. */
export const explainPair = (
  pair: HaPair,
): { readonly explanations: readonly Explanation[]; readonly commandsOn: CommandsOn } => {
  const { site, plan } = planOf(pair);
  const explanations = explain(site, plan);
  const read = new Map<Step, readonly string[]>();
  const commandsOf = ({ step }: Act): readonly string[] => {
    const commands = read.get(step) ?? commandsIn(stepText(step));
    read.set(step, commands);
    return commands;
  };
  return {
    explanations,
    commandsOn: (what, host) => {
      const values = valuesOn(site, host);
      if (!("step" in what)) {
        const settings = settingsOn(site, values);
        return what.commands.map((line) => fillSettings(line, settings));
      }
      return (
        commandsOf(what)
          .map((line) => fill(line, values))
          // A command that the model does not give its peer is not run.
          .filter((line) => !/^\{\{ hostvars\[xcatha_peer\]\.\w+ \}\}$/.test(line))
      );
    },
  };
};
