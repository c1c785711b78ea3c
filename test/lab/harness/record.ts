import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify, isAlive, type ProcessIdentity } from "./process-identity.js";

/**
 * What a lab writes down about itself as it grows, so that another process can end it: who made it, and which
 * supervisors of containers it started.
 */
export class LabRecord {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Makes this process the owner. */
  open(): void {
    mkdirSync(this.#directory, { recursive: true });
    writeFileSync(this.#owner, JSON.stringify(identify(process.pid)));
  }

  /** The process that owns the lab, if it still runs and is another one. */
  otherOwner(): ProcessIdentity | undefined {
    if (!existsSync(this.#owner)) return undefined;
    const owner = JSON.parse(readFileSync(this.#owner, "utf8")) as ProcessIdentity;
    return owner.pid !== process.pid && isAlive(owner) ? owner : undefined;
  }

  /** Writes a supervisor down. */
  add(supervisor: ProcessIdentity): void {
    appendFileSync(this.#supervisors, `${JSON.stringify(supervisor)}\n`);
  }

  /** The supervisors that still run. */
  supervisors(): readonly ProcessIdentity[] {
    if (!existsSync(this.#supervisors)) return [];
    const lines = readFileSync(this.#supervisors, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as ProcessIdentity).filter(isAlive);
  }

  get #owner(): string {
    return join(this.#directory, "owner.json");
  }

  get #supervisors(): string {
    return join(this.#directory, "supervisors.jsonl");
  }
}
