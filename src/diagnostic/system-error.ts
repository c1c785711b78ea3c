import { getSystemErrorMap } from "node:util";

/** Whether an error came from the operating system, e.g. a full disk, and is no fault of ours. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "syscall" in error && "errno" in error;

/** A system error in words, e.g. `permission denied`; its message if the system has none. */
export function systemErrorWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { errno } = error as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno);
  return known?.[1] ?? error.message;
}
