import { parse } from "yaml";
import type { RenderedFile } from "../../../src/render/types.js";

/** A task, a block or a play, as Ansible reads it. */
export type Mapping = Readonly<Record<string, unknown>>;

/** A task or block, and the rendered file that it stands in. */
export interface Task {
  readonly file: string;
  readonly task: Mapping;
}

/** Keys of a task that are no module. */
const keywords = new Set([
  ...["always", "block", "changed_when", "check_mode", "delegate_to", "environment"],
  ...["failed_when", "ignore_errors", "ignore_unreachable", "loop", "loop_control", "name"],
  ...["no_log", "notify", "register", "rescue", "tags", "timeout", "until", "retries", "delay"],
  ...["vars", "when", "args", "become"],
]);

/** What a task calls; a block calls nothing itself. */
export const modulesOf = (task: Mapping): readonly string[] =>
  Object.keys(task).filter((key) => !keywords.has(key));

const list = (value: unknown): readonly Mapping[] => (value ?? []) as readonly Mapping[];

const sections = ["tasks", "pre_tasks", "post_tasks", "handlers"];

/** Tasks of a list, those in blocks among them. */
const flat = (file: string, tasks: readonly Mapping[]): readonly Task[] =>
  tasks.flatMap((task) => [
    { file, task },
    ...["block", "rescue", "always"].flatMap((section) => flat(file, list(task[section]))),
  ]);

const isPlaybook = (path: string): boolean => /^[a-z-]+\.yml$/.test(path);

/** Files that hold plays; `inventory.yml` and the vault's example hold none. */
export const playsOf = (files: readonly RenderedFile[]): readonly Task[] =>
  files
    .filter(({ path }) => isPlaybook(path))
    .map(({ path, text }) => ({ path, plays: parse(text) as unknown }))
    .filter(({ plays }) => Array.isArray(plays))
    .flatMap(({ path, plays }) => list(plays).map((task) => ({ file: path, task })));

/** Every task and block of every playbook and role. */
export const tasksOf = (files: readonly RenderedFile[]): readonly Task[] => [
  ...playsOf(files).flatMap(({ file, task: play }) =>
    sections.flatMap((section) => flat(file, list(play[section]))),
  ),
  ...files
    .filter(({ path }) => path.includes("/tasks/"))
    .flatMap(({ path, text }) => flat(path, list(parse(text)))),
];
