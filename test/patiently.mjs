// patiently.mjs COMMAND...: runs a command that is silent while it works, and says every 10 s that it still does.
import { spawn } from "node:child_process";

const [command, ...args] = process.argv.slice(2);
const started = Date.now();
const timer = setInterval(() => {
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stderr.write(`… ${seconds} s so far: ${[command, ...args].join(" ")}\n`);
}, 10_000);
const child = spawn(command, args, { stdio: "inherit" });
child.on("error", (error) => {
  clearInterval(timer);
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
child.on("exit", (code) => {
  clearInterval(timer);
  process.exitCode = code ?? 1;
});
