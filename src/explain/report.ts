import type { Act, CommandsOn, Explanation } from "./types.js";

/** A procedure as plain values, for programs: each act with the commands on each of its hosts. */
export const explanationReport = (
  { name, summary, command, usual, longest, phases }: Explanation,
  commandsOn: CommandsOn,
): Readonly<Record<string, unknown>> => {
  const act = ({ step: _, ...one }: Act, hosts: readonly string[]) => ({
    ...one,
    commands: Object.fromEntries(
      hosts.map((host) => [host, commandsOn({ ...one, step: _ }, host)]),
    ),
  });
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
