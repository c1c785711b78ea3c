import { parse } from "yaml";
import { taskCommands } from "./task-commands.js";

type Task = Readonly<Record<string, unknown>>;

const isTask = (value: unknown): value is Task =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const tasksOf = (value: unknown): readonly Task[] =>
  Array.isArray(value) ? value.filter(isTask) : [];

/** A block's own tasks in its place; what its rescue does is no command of the step. */
const flat = (tasks: readonly Task[]): readonly Task[] =>
  tasks.flatMap((task) => ("block" in task ? flat(tasksOf(task["block"])) : [task]));

/** The commands of a step's rendered tasks, as they would be typed: what is shown is what runs. */
export const commandsIn = (tasks: string): readonly string[] =>
  flat(tasksOf(parse(tasks))).flatMap(taskCommands);
