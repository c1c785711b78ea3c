import { writeSync } from "node:fs";
import { systemErrorWords } from "../diagnostic/system-error.js";
import { wait } from "../wait.js";

/** That a stream takes nothing more, e.g. since the disk that it leads to is full. */
export class StreamFull extends Error {
  constructor(
    override readonly name: string,
    cause: unknown,
  ) {
    super(`${name} cannot be written: ${systemErrorWords(cause)}`);
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/**
 * Writes to a descriptor at once: Node's own streams fail later, when nobody knows any more what to say about it.
 * Whoever reads may stop early (`| head`), and is not told of it.
 */
export function streamWriter(descriptor: number, name: string): (text: string) => void {
  let closed = false;
  return (text) => {
    let rest = Buffer.from(text);
    while (rest.length > 0 && !closed) {
      try {
        rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        // A pipe that is shared with somebody who made it non-blocking.
        if (codeOf(error) === "EAGAIN") wait(5);
        else if (codeOf(error) === "EPIPE") closed = true;
        else throw new StreamFull(name, error);
      }
    }
  };
}
