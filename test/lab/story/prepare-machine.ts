import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { checkoutDirectory, labHome } from "../harness/paths.js";
import type { Narrator } from "./narrator.js";

/** Names that the lab once installed, a line each. */
const notes = (): string => join(labHome(), "installed-packages");

/** Names of a list of packages: one a line, `#` begins a comment. */
export const namesIn = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");

const controlPackages = (): readonly string[] =>
  namesIn(readFileSync(join(checkoutDirectory(), "test/lab/packages/control.txt"), "utf8"));

/** Which of these packages are not installed. */
function absent(names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const { stdout } = spawnSync("dpkg-query", ["-s", name], { encoding: "utf8" });
    return !/^Status: .* installed$/m.test(stdout);
  });
}

/** The Debian packages that the lab installed on this machine, by this run or an earlier one. */
export function installedPackages(): readonly string[] {
  const noted = existsSync(notes()) ? namesIn(readFileSync(notes(), "utf8")) : [];
  return [...new Set(noted)].sort();
}

/** Runs `prepare.sh`, with a line at least every 20 s, and notes what it installs. */
export async function prepareMachine(narrator: Narrator): Promise<void> {
  narrator.heading("Prepares this machine: test/lab/prepare.sh");
  const missing = absent(controlPackages());
  const code = await narrator.during(() => runScript(narrator));
  const installed = missing.filter((name) => !absent(missing).includes(name));
  mkdirSync(labHome(), { recursive: true });
  if (installed.length > 0) appendFileSync(notes(), `${installed.join("\n")}\n`);
  if (code !== 0) throw new Error("the machine could not be prepared for the lab");
}

function runScript(narrator: Narrator): Promise<number> {
  const script = join(checkoutDirectory(), "test/lab/prepare.sh");
  const child = spawn(script, { stdio: ["ignore", "pipe", "inherit"] });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const words = line.replace(/^lab: /, "");
    narrator.say(words);
    narrator.begin(words);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
