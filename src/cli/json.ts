import { Option } from "commander";
import type { Diagnostic } from "../diagnostic/types.js";
import type { Exit } from "./exit.js";
import type { Io } from "./io.js";
import type { Loaded } from "./load-pair.js";
import { ownVersion } from "./version.js";

/** `--json`, for every command that reports. */
export const jsonOption = (): Option =>
  new Option("--json", "print one JSON document on stdout, and no words");

/** For a command that prints a document in place of words. */
export const silent = (io: Io): Io => ({ ...io, data: () => {}, say: () => {} });

/** A diagnostic for programs: its severity is always there, and nothing that only helps to print it. */
export const jsonDiagnostic = ({ code, severity, secret, ...rest }: Diagnostic) => ({
  code,
  severity: severity ?? "error",
  ...rest,
});

/** A model as far as it could be read. */
export const modelReport = ({ file, pair, diagnostics }: Loaded) => ({
  file,
  right: pair !== undefined,
  pair:
    pair === undefined
      ? null
      : {
          name: pair.name,
          platform: pair.platform,
          hosts: pair.hosts.map(({ name }) => name),
          database: pair.database,
        },
  diagnostics: diagnostics.map(jsonDiagnostic),
});

/**
 * Prints the one document of a command: which xcatha, which command, its exit code, and what it reports. Its shape is
 * that of `reportSchema`. Wrong usage and internal errors have no document: they are words on stderr.
 */
export function printReport(io: Io, command: string, exit: Exit, report: object): void {
  io.data(`${JSON.stringify({ xcatha: ownVersion(), command, exit, ...report }, null, 2)}\n`);
}
