import { parse } from "yaml";

const resultOf = (block: string): unknown => {
  const result: unknown = parse(block);
  return typeof result === "object" && result !== null && "msg" in result ? result.msg : undefined;
};

/** What `status.yml` printed about the pair, line by line: the one message of its output that is a list. */
export const statusLines = (stdout: string): readonly string[] =>
  [...stdout.matchAll(/^ok: \[.*\] => *\n((?: {4}.*\n)+)/gm)]
    .map(([, block = ""]) => resultOf(block))
    .filter((message) => Array.isArray(message))
    .flat()
    .map(String);

/** What is said of a host, in its three lines: the rows of the table. */
const ROWS = [
  /(?<role>ACTIVE|standby), hostname (?<hostname>.*), virtual IP (?<virtual_IP>.*), (?<directories>\d+ of \d+ .*linked)/,
  /running: (?<runs>.*); at boot: (?<starts_at_boot>.*)/,
  /owner record: (?<owner_record>.*); xCAT (?<xCAT>.*)/,
];

/** `host1: running: …` as the cells `runs` and `starts_at_boot` of host1. */
function cellsIn(line: string) {
  const [, host = "", said = ""] = /^(\S+): (.*)$/.exec(line) ?? [];
  const cells = ROWS.map((row) => row.exec(said)?.groups).find((groups) => groups !== undefined);
  return cells === undefined ? undefined : { host, cells };
}

/** The pair's state as a table with a column for each host, from the lines of `status.yml`; what fits in no cell is above or below it. */
export function stateTable(lines: readonly string[]): string {
  const [head = "", ...others] = lines;
  const hosts = new Map<string, Record<string, string>>();
  const below: string[] = [];
  for (const line of others) {
    const found = cellsIn(line);
    if (found === undefined) below.push(line);
    else hosts.set(found.host, { ...hosts.get(found.host), ...found.cells });
  }
  const names = [...hosts.keys()];
  const keys = [...new Set([...hosts.values()].flatMap((cells) => Object.keys(cells)))];
  const rows = [
    ["", ...names],
    ...keys.map((key) => [
      key.replaceAll("_", " "),
      ...names.map((name) => hosts.get(name)?.[key] ?? ""),
    ]),
  ];
  const widths = ["", ...names].map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [head, "", ...table, "", ...below, ""].join("\n");
}
