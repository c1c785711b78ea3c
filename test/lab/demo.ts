import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createLab, type Lab } from "./harness/lab.js";
import { checkoutDirectory } from "./harness/paths.js";
import { modelOf, Pair, tailOf } from "./pair.js";

/** Prepares the machine, boots two bare hosts, sets the pair up, fails it over and shows what became of it. */
async function demonstrate(): Promise<void> {
  prepare();
  say("Boots two bare Debian 12 hosts on a network of their own");
  const lab = await createLab({ id: "demo" });
  try {
    await story(lab);
  } finally {
    lab.destroy();
  }
  say("Done; the lab is gone again");
}

async function story(lab: Lab): Promise<void> {
  const pair = new Pair(lab, "2.14");
  say("Generates the playbooks from this model");
  process.stdout.write(modelOf(lab));
  await pair.generate(modelOf(lab));
  await play(pair, "setup.yml", "Sets the pair up, from bare hosts");
  await play(pair, "status.yml", "Asks who is active", "show");
  await play(pair, "failover.yml", "Fails the service over");
  await play(pair, "status.yml", "Asks who is active now", "show");
}

async function play(pair: Pair, playbook: string, what: string, show?: "show"): Promise<void> {
  say(`${what}: ansible-playbook ${playbook}`);
  const run = await pair.run(playbook);
  if (run.code !== 0) throw new Error(`${playbook} failed\n${tailOf(run)}`);
  if (show !== undefined) process.stdout.write(run.stdout);
  say(`${playbook} took ${run.seconds.toFixed(1)} s`);
}

function prepare(): void {
  const script = join(checkoutDirectory(), "test/lab/prepare.sh");
  if (spawnSync(script, { stdio: "inherit" }).status !== 0) {
    throw new Error("the machine could not be prepared for the lab");
  }
}

function say(words: string): void {
  process.stdout.write(`\n== ${words}\n`);
}

try {
  await demonstrate();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
