import type { Act, ActUnit, CommandsOn, Explanation } from "./types.js";

/** A procedure as plain values, for programs: each act with the commands on each of its hosts. */
export const explanationReport = (
  { name, summary, command, usual, longest, phases }: Explanation,
  commandsOn: CommandsOn,
): Readonly<Record<string, unknown>> => {
  const on = (hosts: readonly string[], what: Act | ActUnit) =>
    Object.fromEntries(hosts.map((host) => [host, commandsOn(what, host)]));
  const act = (one: Act, hosts: readonly string[]) => {
    const { step: _, ...rest } = one;
    const units = one.units.map((unit) => ({ ...unit, commands: on(hosts, unit) }));
    return { ...rest, units, commands: on(hosts, one) };
  };
  return {
    name,
    summary,
    command,
    usualSeconds: usual,
    longestSeconds: longest.done,
    worstSeconds: longest.worst,
    phases: phases.map(({ title, hosts, parts, afterFailure }) => ({
      title,
      hosts,
      afterFailure,
      acts: parts.flatMap(({ acts }) => acts.map((one) => act(one, hosts))),
      undo: parts.flatMap(({ undo }) => undo.map((one) => act(one, hosts))),
    })),
  };
};
