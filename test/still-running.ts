import { basename } from "node:path";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";

/** Seconds of silence after which it is said what still runs. */
const PATIENCE = 15;

interface Running {
  readonly file: string;
  readonly since: number;
  readonly test: { readonly name: string; readonly since: number } | undefined;
}

/** A reporter beside others: names the tests that still run, whenever no file of tests ended for some time. */
export class StillRunning implements Reporter {
  readonly #running = new Map<string, Running>();
  readonly #now: () => number;
  #print: (line: string) => void;
  #spoke = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(print: (line: string) => void = () => undefined, now: () => number = Date.now) {
    this.#print = print;
    this.#now = now;
  }

  onInit({ logger }: Pick<Vitest, "logger">): void {
    this.#print = (line) => logger.log(line);
  }

  onTestRunStart(): void {
    this.#spoke = this.#now();
    this.#timer = setInterval(() => this.remind(), 1000).unref();
  }

  onTestRunEnd(): void {
    clearInterval(this.#timer);
  }

  onTestModuleQueued({ moduleId }: Pick<TestModule, "moduleId">): void {
    this.#running.set(moduleId, { file: basename(moduleId), since: this.#now(), test: undefined });
  }

  onTestModuleEnd({ moduleId }: Pick<TestModule, "moduleId">): void {
    this.#running.delete(moduleId);
    this.#spoke = this.#now();
  }

  onTestCaseReady({ fullName, module }: Pick<TestCase, "fullName" | "module">): void {
    this.#setTest(module.moduleId, { name: fullName, since: this.#now() });
  }

  onTestCaseResult({ module }: Pick<TestCase, "module">): void {
    this.#setTest(module.moduleId, undefined);
  }

  #setTest(moduleId: string, test: Running["test"]): void {
    const running = this.#running.get(moduleId);
    if (running !== undefined) this.#running.set(moduleId, { ...running, test });
  }

  /** Asked once a second. */
  remind(): void {
    const now = this.#now();
    if (this.#running.size === 0 || now - this.#spoke < PATIENCE * 1000) return;
    this.#spoke = now;
    const words = [...this.#running.values()].map(({ file, since, test }) => {
      const seconds = Math.round((now - (test?.since ?? since)) / 1000);
      return `${file}${test === undefined ? "" : `: ${test.name}`} (${seconds} s)`;
    });
    this.#print(` … still running: ${words.join("; ")}`);
  }
}
