import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLab } from "./harness/lab.js";
import { Network } from "./harness/network.js";
import { hostRoots, labDirectory, labHome } from "./harness/paths.js";
import { LabRecord } from "./harness/record.js";
import { removeLab } from "./harness/removal.js";
import { sshConfiguration } from "./harness/ssh.js";

const USAGE = `usage: npm run lab -- list
       npm run lab -- start ID [ROOT]             boot two hosts and leave them running
       npm run lab -- enter ID HOST [COMMAND...]  a root shell on a host, by ssh from the control machine
       npm run lab -- remove ID                   end a lab, whoever started it
ROOT is one of ${hostRoots.join(", ")}
`;

async function start(id: string, name: string): Promise<number> {
  const root = hostRoots.find((candidate) => candidate === name);
  if (root === undefined) return usage();
  process.env["XCATHA_LAB_KEEP"] = "1";
  const lab = await createLab({ id, root });
  for (const host of lab.hosts) process.stdout.write(`${host.name} ${host.address}\n`);
  return 0;
}

function list(): number {
  const directory = join(labHome(), "labs");
  for (const id of existsSync(directory) ? readdirSync(directory) : []) {
    const hosts = new LabRecord(labDirectory(id)).supervisors().length;
    process.stdout.write(`${id}: ${hosts} hosts run\n`);
  }
  return 0;
}

function enter(id: string, host: string, command: readonly string[]): number {
  const ssh = ["ssh", "-F", sshConfiguration(join(labDirectory(id), "control")), host, ...command];
  const namespace = `--net=/run/netns/${new Network(id).namespace}`;
  return spawnSync("nsenter", [namespace, ...ssh], { stdio: "inherit" }).status ?? 1;
}

function remove(id: string): number {
  removeLab(id);
  return 0;
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}

const [verb, id, ...rest] = process.argv.slice(2);
if (verb === "list") process.exitCode = list();
else if (verb === "start" && id !== undefined)
  process.exitCode = await start(id, rest[0] ?? "host");
else if (verb === "enter" && id !== undefined && rest[0] !== undefined)
  process.exitCode = enter(id, rest[0], rest.slice(1));
else if (verb === "remove" && id !== undefined) process.exitCode = remove(id);
else process.exitCode = usage();
