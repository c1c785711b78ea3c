#!/usr/bin/env node
import { exit } from "./exit.js";
import { processIo } from "./io.js";
import { main } from "./main.js";
import { StreamFull } from "./stream.js";
import { ownVersion } from "./version.js";

function reportFault(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  const { XCATHA_DEBUG: debug } = process.env;
  const { say } = processIo;
  process.exitCode = exit.fault;
  say(`xcatha ${ownVersion()}: internal error: ${message}`);
  if (debug) say(stack ?? "There is no stack.");
  else say("XCATHA_DEBUG=1 before the same command shows where.");
  say("Please report it with this text, the command and the model.");
}

/** What cannot be said ends the command all the same. */
function end(error: unknown): void {
  try {
    if (error instanceof StreamFull) {
      process.exitCode = exit.wrong;
      if (error.name === "stdout") processIo.say(`xcatha: ${error.message}.`);
    } else reportFault(error);
  } catch (another) {
    if (!(another instanceof StreamFull)) throw another;
  }
}

process.on("uncaughtException", end);

try {
  process.exitCode = await main(process.argv.slice(2), processIo);
} catch (error) {
  end(error);
}
