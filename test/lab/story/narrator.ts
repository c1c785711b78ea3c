/** Seconds of silence after which it is said what still goes on: a watcher is never left alone for 20 s. */
const PATIENCE = 10;

/** Tells what happens, each line with the seconds since the start, and what still goes on when nothing happens. */
export class Narrator {
  readonly #print: (line: string) => void;
  readonly #now: () => number;
  readonly #start: number;
  #spoke: number;
  #busy: { readonly what: string; readonly since: number } | undefined;

  /** @param now milliseconds since any time. */
  constructor(print: (line: string) => void, now: () => number = Date.now) {
    this.#print = print;
    this.#now = now;
    this.#start = now();
    this.#spoke = this.#start;
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (this.#now() - this.#start) / 1000;
  }

  /** Tells what happened. */
  say(words: string): void {
    this.#print(`${this.seconds.toFixed(1).padStart(7)} s  ${words}`);
    this.#spoke = this.#now();
  }

  /** Opens a part of the story. */
  heading(words: string): void {
    this.#print("");
    this.say(`== ${words}`);
    this.begin(words);
  }

  /** Shows text as it is. */
  show(text: string): void {
    for (const line of text.trimEnd().split("\n")) this.#print(`           ${line}`.trimEnd());
    this.#spoke = this.#now();
  }

  /** Notes what goes on from now. */
  begin(what: string): void {
    this.#busy = { what, since: this.#now() };
  }

  /** Asked once a second: after some silence it says what still goes on, and for how long. */
  remind(): void {
    if (this.#busy === undefined || this.#now() - this.#spoke < PATIENCE * 1000) return;
    const { what, since } = this.#busy;
    this.say(`… ${Math.round((this.#now() - since) / 1000)} s so far: ${what}`);
  }

  /** Does some work, and reminds meanwhile. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => this.remind(), 1000);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }
}
