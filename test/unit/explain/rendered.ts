import { parse } from "yaml";

type Value = Readonly<Record<string, unknown>>;

const isValue = (value: unknown): value is Value =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly Value[] =>
  Array.isArray(value) ? value.filter(isValue) : [];

/** A task and those of its block; `rescue` is left out. */
const flat = (task: Value): readonly Value[] =>
  "block" in task ? list(task["block"]).flatMap(flat) : [task];

const moduleOf = (task: Value): string =>
  Object.keys(task)
    .find((key) => key.startsWith("ansible.builtin."))
    ?.replace("ansible.builtin.", "") ?? "";

/** Modules that ask no host. */
const local = [
  "assert",
  "debug",
  "fail",
  "group_by",
  "import_role",
  "import_tasks",
  "include_role",
  "include_tasks",
  "include_vars",
  "meta",
  "set_fact",
];

/** A task that asks a host, or another program, and so may wait. */
export interface Waiting {
  readonly name: string;
  /** In seconds; undefined: the task gives none. */
  readonly timeout: number | undefined;
}

/** A number, or variables and numbers with `*` or `+` between. */
function evaluate(timeout: unknown, variables: Value): number | undefined {
  if (timeout === undefined) return undefined;
  const words = String(timeout)
    .replace(/^\{\{ (.*) \}\}$/, "$1")
    .split(" ")
    .map((word) => (word in variables ? variables[word] : word));
  return words.reduce<number>((sum, word, index) => {
    const before = words[index - 1];
    if (word === "*" || word === "+") return sum;
    const number = Number(word);
    if (Number.isNaN(number)) throw new Error(`no time limit: ${String(timeout)}`);
    return before === "*" ? sum * number : sum + number;
  }, 0);
}

/** Tasks of a step's text that may wait. */
export const waitingTasks = (text: string, variables: Value): readonly Waiting[] =>
  list(parse(text))
    .flatMap(flat)
    .filter((task) => !local.includes(moduleOf(task)))
    .map((task) => ({
      name: String(task["name"]),
      timeout: evaluate(task["timeout"], variables),
    }));

/** What a play of a rendered playbook runs. */
export interface RenderedPlay {
  readonly title: string;
  /** `role` or `role/stage`, in order. */
  readonly runs: readonly string[];
}

const runOf = (task: Value): readonly string[] => {
  const included = task["ansible.builtin.include_role"];
  if (!isValue(included)) return [];
  const role = String(included["name"]);
  const stage = included["tasks_from"];
  if (stage === undefined) return [role];
  const stages = stage === "{{ item }}" ? (task["loop"] as readonly string[]) : [String(stage)];
  return stages.map((one) => `${role}/${one}`);
};

/** The plays of a playbook with what they import, in order. */
export function renderedPlays(
  files: ReadonlyMap<string, string>,
  path: string,
): readonly RenderedPlay[] {
  return list(parse(files.get(path) ?? "")).flatMap((play) => {
    const imported = play["ansible.builtin.import_playbook"];
    if (typeof imported === "string") return renderedPlays(files, imported);
    const roles = list(play["roles"]).map(({ role }) => String(role));
    const tasks = [...list(play["pre_tasks"]), ...list(play["tasks"])].flatMap(flat);
    return [
      {
        title: String(play["name"]).replace(/^\(\d+\/\d+\) /, ""),
        runs: [...roles, ...tasks.flatMap(runOf)],
      },
    ];
  });
}
