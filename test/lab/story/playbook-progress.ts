import type { Narrator } from "./narrator.js";

/** How a task ended on a host, from the least to the most. */
const endings = ["ok", "changed", "does not answer", "failed"] as const;
type Ending = (typeof endings)[number];

const PLAY = /^PLAY \[(.*)\] \*+$/;
const TASK = /^(?:TASK|RUNNING HANDLER) \[(?:[\w.]+ : )?(.*)\] \*+$/;
const RESULT = /^(ok|changed|fatal|failed): \[([^\]\s]+)[^\]]*\](.*)$/;

/** Tasks of Ansible's own, which are no step of anybody. */
const isAnsibles = (title: string): boolean => title.startsWith("Validating arguments against");

interface Task {
  readonly title: string;
  readonly since: number;
  readonly endings: Map<string, Ending>;
}

function endingOf(word: string, rest: string): Ending {
  if (word === "ok" || word === "changed") return word;
  return rest.includes("UNREACHABLE!") ? "does not answer" : "failed";
}

/** `host1, host2: changed`, or each with its own ending. */
function who(ends: ReadonlyMap<string, Ending>): string {
  return endings
    .map((ending) => ({ ending, hosts: [...ends].filter(([, one]) => one === ending).sort() }))
    .filter(({ hosts }) => hosts.length > 0)
    .map(({ ending, hosts }) => `${hosts.map(([host]) => host).join(", ")}: ${ending}`)
    .join("; ");
}

/** Tells each step of a playbook as it ends, from what ansible-playbook prints. */
export class PlaybookProgress {
  readonly #narrator: Narrator;
  #rest = "";
  #task: Task | undefined;

  constructor(narrator: Narrator) {
    this.#narrator = narrator;
  }

  /** Takes the next piece of the output, wherever it was cut. */
  read(text: string): void {
    const lines = `${this.#rest}${text}`.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    const [, play] = PLAY.exec(line) ?? [];
    const [, title] = TASK.exec(line) ?? [];
    if (play !== undefined || title !== undefined || line.startsWith("PLAY RECAP"))
      this.#tellTask();
    if (play !== undefined) this.#narrator.say(`-- ${play}`);
    if (title !== undefined) {
      this.#task = { title, since: this.#narrator.seconds, endings: new Map() };
      this.#narrator.begin(title);
    }
    this.#readResult(line);
  }

  #readResult(line: string): void {
    const ends = this.#task?.endings;
    if (ends === undefined) return;
    const [, word = "", host = "", rest = ""] = RESULT.exec(line) ?? [];
    const ending = endingOf(word, rest);
    // A loop gives an ending for each item.
    const before = ends.get(host) ?? "ok";
    if (word !== "")
      ends.set(host, endings.indexOf(before) > endings.indexOf(ending) ? before : ending);
    // What was expected to fail is a result like another.
    if (line === "...ignoring")
      for (const [name, end] of ends) if (end === "failed") ends.set(name, "ok");
  }

  #tellTask(): void {
    const task = this.#task;
    this.#task = undefined;
    if (task === undefined || task.endings.size === 0 || isAnsibles(task.title)) return;
    const took = this.#narrator.seconds - task.since;
    const time = took < 1 ? "" : ` (${took.toFixed(1)} s)`;
    this.#narrator.say(`${who(task.endings).padEnd(22)}  ${task.title}${time}`);
  }
}
