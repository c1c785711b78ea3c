#!/usr/bin/env node
import { exit } from "./exit.js";
import { processIo } from "./io.js";
import { main } from "./main.js";
import { ownVersion } from "./version.js";

/** Whoever reads our output may stop early (`| head`): that is no fault. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function reportFault(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  const { XCATHA_DEBUG: debug } = process.env;
  const { say } = processIo();
  say(`xcatha ${ownVersion()} met a fault of its own: ${message}`);
  if (debug) say(stack ?? "There is no stack.");
  else say("XCATHA_DEBUG=1 before the same command shows where.");
  say("Please report it with this text, the command and the model.");
  process.exitCode = exit.fault;
}

process.stdout.on("error", ignoreClosedPipe);
process.stderr.on("error", ignoreClosedPipe);
process.on("uncaughtException", reportFault);

try {
  process.exitCode = await main(process.argv.slice(2), processIo());
} catch (error) {
  reportFault(error);
}
