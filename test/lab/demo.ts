import { spawnSync } from "node:child_process";
import { createLab, type Lab } from "./harness/lab.js";
import { checkoutDirectory, labDirectory, labHome } from "./harness/paths.js";
import { mountsBelow, namespacesOf } from "./harness/removal.js";
import { modelOf, Pair, tailOf } from "./pair.js";
import { leftoversText } from "./story/leftovers.js";
import { Narrator } from "./story/narrator.js";
import { PlaybookProgress } from "./story/playbook-progress.js";
import { installedPackages, prepareMachine } from "./story/prepare-machine.js";
import { stateTable, statusLines } from "./story/state-table.js";

const ID = "demo";

const narrator = new Narrator((line) => process.stdout.write(`${line}\n`));

/** Prepares the machine, boots two bare hosts, sets the pair up, fails it over and shows what became of it. */
async function demonstrate(): Promise<void> {
  await prepareMachine(narrator);
  narrator.heading("Boots two bare Debian 12 hosts on a network of their own");
  const lab = await narrator.during(() => createLab({ id: ID }));
  try {
    await narrator.during(() => story(lab));
  } finally {
    narrator.heading("Ends the hosts and their network");
    lab.destroy();
    tellLeftovers();
  }
}

async function story(lab: Lab): Promise<void> {
  const pair = new Pair(lab, "2.14");
  narrator.heading("Generates the playbooks from this model: xcatha generate");
  narrator.show(modelOf(lab));
  await pair.generate(modelOf(lab));
  const setup = await play(pair, "setup.yml", "Sets the pair up, from bare hosts");
  await showState(pair, "Asks who is active");
  const failover = await play(pair, "failover.yml", "Fails the service over");
  await showState(pair, "Asks who is active now");
  narrator.heading(`Done: setup.yml took ${setup}, failover.yml ${failover}`);
}

/** Runs a playbook and tells each of its steps; gives how long it took. */
async function play(pair: Pair, playbook: string, what: string): Promise<string> {
  narrator.heading(`${what}: ansible-playbook ${playbook}`);
  const progress = new PlaybookProgress(narrator);
  const run = await pair.watch((text) => progress.read(text), playbook);
  if (run.code !== 0) throw new Error(`${playbook} failed\n${tailOf(run)}`);
  return `${run.seconds.toFixed(1)} s`;
}

async function showState(pair: Pair, what: string): Promise<void> {
  narrator.heading(`${what}: ansible-playbook status.yml`);
  const run = await pair.run("status.yml");
  if (run.code !== 0) throw new Error(`status.yml failed\n${tailOf(run)}`);
  narrator.show(stateTable(statusLines(run.stdout)));
}

function tellLeftovers(): void {
  narrator.heading("What this leaves on the machine, and how to remove it");
  const home = labHome();
  const { stdout } = spawnSync("du", ["-sh", home], { encoding: "utf8" });
  const [size = "?"] = stdout.split("\t");
  const checkout = checkoutDirectory();
  const alive = [...namespacesOf(ID), ...mountsBelow(labDirectory(ID))];
  narrator.show(leftoversText({ home, size, packages: installedPackages(), checkout, alive }));
}

try {
  await demonstrate();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
