import { readFileSync, readlinkSync } from "node:fs";

/** A run, as it tells others about itself. */
export interface Owner {
  readonly pid: number;
  /** When the process started, in the kernel's own count: process numbers come back. */
  readonly started: string;
  /** The boot and the process namespace that give the number its meaning. */
  readonly place: string;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat; the second one may hold blanks and brackets. */
const startOf = (pid: number): string | undefined =>
  attempt(
    () =>
      readFileSync(`/proc/${pid}/stat`, "latin1")
        .replace(/^.*\) /s, "")
        .split(" ")[19],
  );

const place = (): string =>
  attempt(
    () =>
      `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()} ${readlinkSync("/proc/self/ns/pid")}`,
  ) ?? "";

/** This run. */
export const ownerText = (): string => {
  const owner: Owner = { pid: process.pid, started: startOf(process.pid) ?? "", place: place() };
  return JSON.stringify(owner);
};

export const parseOwner = (text: string): Owner | undefined =>
  attempt(() => JSON.parse(text) as Owner);

/** Whether a run still goes on; undefined if that cannot be known from here, e.g. from another container. */
export function isAlive(owner: Owner): boolean | undefined {
  if (owner.place === "" || owner.place !== place()) return undefined;
  return startOf(owner.pid) === owner.started;
}
