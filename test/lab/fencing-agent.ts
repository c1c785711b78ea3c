import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Host } from "./harness/host.js";
import type { Lab } from "./harness/lab.js";

/** What a verb does to the host; gives what the command prints, and fails as the command does. */
export type Act = (host: Host) => Promise<string> | string;

/** The client's half: puts a request into a directory and waits for the answer. */
const CLIENT = `#!/bin/bash
set -eu
request=$(mktemp -d "\${0%/*}/requests/XXXXXXXX")
echo "$1" > "$request/verb.new"
mv "$request/verb.new" "$request/verb"
until [ -e "$request/answer" ]; do sleep 0.05; done
head -n -1 "$request/answer"
exit "$(tail -n 1 "$request/answer")"
`;

/** A power switch that holds to the truth: what it says and does is what becomes of the booted host. */
export const honest = {
  status: (host: Host) => `Chassis Power is ${host.isRunning ? "on" : "off"}`,
  async off(host: Host) {
    if (host.isRunning) await host.crash();
    return "Chassis Power Control: Down/Off";
  },
  async reboot(host: Host) {
    if (host.isRunning) await host.crash();
    // The command returns at once; the host takes its time.
    void host.boot();
    return "Chassis Power Control: Cycle";
  },
} as const;

/** The command failed. */
export function broken(): string {
  throw new Error("Unable to establish IPMI v2 session");
}

/** A power switch of one host, on the lab's control machine. */
export class FencingAgent {
  /** The verbs that were asked for, in order. */
  readonly asked: string[] = [];
  readonly #host: Host;
  readonly #directory: string;
  readonly #acts: Readonly<Record<string, Act>>;
  readonly #timer: NodeJS.Timeout;

  constructor(lab: Lab, host: Host, acts: Readonly<Record<string, Act>>) {
    this.#host = host;
    this.#acts = acts;
    this.#directory = join(lab.directory, "control/power");
    mkdirSync(join(this.#directory, "requests"), { recursive: true });
    writeFileSync(join(this.#directory, "switch"), CLIENT, { mode: 0o755 });
    this.#timer = setInterval(() => this.#serve(), 50).unref();
  }

  /** The commands for the model. */
  static commands(labDirectory: string, verbs: readonly string[]): Record<string, string> {
    const program = join(labDirectory, "control/power/switch");
    return Object.fromEntries(verbs.map((verb) => [verb, `${program} ${verb}`]));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #serve(): void {
    const requests = join(this.#directory, "requests");
    if (!existsSync(requests)) return;
    for (const name of readdirSync(requests)) {
      const request = join(requests, name);
      if (!existsSync(join(request, "verb")) || existsSync(join(request, "taken"))) continue;
      writeFileSync(join(request, "taken"), "");
      const verb = readFileSync(join(request, "verb"), "utf8").trim();
      this.asked.push(verb);
      void this.#answer(request, verb);
    }
  }

  async #answer(request: string, verb: string): Promise<void> {
    const answer = join(request, "answer");
    let text: string;
    try {
      text = `${await this.#acts[verb]?.(this.#host)}\n0\n`;
    } catch (error) {
      text = `${error instanceof Error ? error.message : "broken"}\n1\n`;
    }
    writeFileSync(`${answer}.new`, text);
    renameSync(`${answer}.new`, answer);
  }
}
