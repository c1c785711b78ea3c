// `npm run bench:failover`: a planned failover beside its floor, which is what the services themselves need: the bare
// commands, side by side where possible, over an open connection. Both in one run, in turns, on one pair.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineNode } from "./earlier.js";
import { poll } from "./harness/command.js";
import { isPortOpen } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { modelOf, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { shapeOf } from "./shape.js";
import { mainJob } from "./variants.js";

const ROUNDS = Number(process.argv[2] ?? 7);

/** What a failover may take, as a multiple of its floor. */
const MOST = { wall: 1.4, xcatd: 1.25 };

/** Seconds: of the whole, and without an answer on the virtual IP. */
interface Figures {
  readonly wall: number;
  readonly xcatd: number;
  readonly database: number;
}

const shape = shapeOf(mainJob);
const [engine = ""] = shape.units.filter((unit) => unit.startsWith("postgresql"));
const services = shape.units.filter((unit) => unit !== engine);
const early = services.filter((unit) => !/dhcp|conserver/.test(unit));

/** Takes the host's part in the pair away by bare commands. */
const stopped = (host: Host): string => `
systemctl stop ${services.join(" ")} && systemctl stop ${engine} &&
ip address delete ${ADDRESSES.virtual}/24 dev eth0 && hostname ${host.name} && rm ${shape.directories.join(" ")}`;

/** Gives the host its part in the pair by bare commands. */
const started = (host: Host): string => `
export XCATROOT=/opt/xcat PATH=/opt/xcat/bin:/opt/xcat/sbin:$PATH
ip address add ${ADDRESSES.virtual}/24 dev eth0 && hostname ${VIRTUAL_HOSTNAME} &&
(arping -q -U -c 1 -I eth0 ${ADDRESSES.virtual} &) &&
${shape.directories.map((path) => `ln -sT ${host.sharedPath}${path} ${path}`).join(" && ")} &&
systemctl start ${engine} && systemctl start ${early.join(" ")} && {
  makedns -n & dns=$!
  { makedhcp -n && makedhcp -a && systemctl start ${services.filter((unit) => unit.includes("dhcp")).join(" ")}; } & dhcp=$!
  wait $dns && wait $dhcp
} >/dev/null`;

/** Lets the pair's services be started by hand, and moves what stands at the places of the links aside. */
const unguarded = `systemctl stop xcatha-stray.path
sed -i '/^BindsTo=\\|^After=\\|^Assert\\|^ExecStartPre=.*xcatha/d' /etc/systemd/system/*.d/50-xcatha.conf
systemctl daemon-reload
${shape.directories.map((path) => `[ ! -e ${path} ] || [ -L ${path} ] || mv -T ${path} ${path}.of-this-host`).join("\n")}`;

const medianOf = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The longest time between two answers of a service, in seconds, from a moment on to another. */
function silence(answers: string, service: string, from: number, until: number): number {
  const times = answers
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([name]) => name === service)
    .map(([, time]) => Number(time))
    .filter((time) => time >= from && time <= until)
    .sort((a, b) => a - b);
  const gaps = times.map((time, place) => time - (times[place - 1] ?? from));
  return Math.max(...gaps, until - (times.at(-1) ?? from)) / 1000;
}

/** Runs something that moves the service, with the client at it. */
async function observe(lab: Lab, move: () => Promise<void>): Promise<Figures> {
  const stop = join(lab.directory, `stop-${Date.now()}`);
  const client = fileURLToPath(new URL("client.js", import.meta.url));
  const watch = lab.control.onNetwork([process.execPath, client, ADDRESSES.virtual, stop], 600);
  const serves = () =>
    poll("answers on the virtual IP", 60, async () => {
      const open = [5432, 3001].map((port) => isPortOpen(lab, ADDRESSES.virtual, port));
      return (await Promise.all(open)).every(Boolean) ? true : undefined;
    });
  const settle = () => new Promise((done) => setTimeout(done, 2000));
  await serves();
  await settle();
  const from = Date.now();
  await move();
  const done = Date.now();
  await serves();
  await settle();
  const until = Date.now();
  await writeFile(stop, "");
  const { stdout } = await watch;
  const gap = (service: string) => silence(stdout, service, from - 1000, until);
  return { wall: (done - from) / 1000, xcatd: gap("xcatd"), database: gap("database") };
}

const write = (line: string) => process.stdout.write(`${line}\n`);

const inWords = ({ wall, xcatd, database }: Figures): string =>
  [wall, xcatd, database].map((seconds) => seconds.toFixed(2).padStart(8)).join("");

/** Medians of some rounds, each shown as it comes. */
async function rounds(name: string, each: (round: number) => Promise<Figures>): Promise<Figures> {
  const all: Figures[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const figures = await each(round);
    write(`${name.padEnd(34)}${inWords(figures)}`);
    all.push(figures);
  }
  return {
    wall: medianOf(all.map(({ wall }) => wall)),
    xcatd: medianOf(all.map(({ xcatd }) => xcatd)),
    database: medianOf(all.map(({ database }) => database)),
  };
}

const lab = await createLab({ id: "speed" });
try {
  const pair = new Pair(lab, "2.14");
  await pair.generate(modelOf(lab));
  const play = async (playbook: string, ...args: readonly string[]) => {
    const run = await pair.run(playbook, ...args);
    if (run.code !== 0) throw new Error(`${playbook} failed\n${tailOf(run)}`);
    return run.seconds;
  };
  const [host1, host2] = [lab.host("host1"), lab.host("host2")];
  await play("setup.yml");
  for (let node = 1; node <= 10; node += 1)
    await defineNode(host1, `cn${node}`, `10.77.0.${100 + node}`);
  await play("failover.yml");
  await play("failover.yml");

  write(`${"seconds".padEnd(34)}    wall   xcatd  database`);
  const planned = await rounds("failover.yml", (round) =>
    observe(lab, async () => {
      await play("failover.yml", "-e", `xcatha_to=${round % 2 === 0 ? "host2" : "host1"}`);
    }),
  );
  const active = ROUNDS % 2 === 0 ? host1 : host2;
  for (const [name, args] of [
    ["status.yml", []],
    ["activate.yml, of the active host", ["--limit", active.name]],
    ["setup.yml, of a pair", []],
  ] as const) {
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      seconds.push(await play(name.split(",")[0] ?? name, ...args));
    write(`${name.padEnd(34)}${medianOf(seconds).toFixed(2).padStart(8)}`);
  }

  await play("deactivate.yml", "--limit", active.name);
  for (const host of [host1, host2]) await host.ask(unguarded);
  await host1.ask(started(host1));
  const floor = await rounds("floor: bare commands", (round) =>
    observe(lab, async () => {
      const [from, to] = round % 2 === 0 ? [host1, host2] : [host2, host1];
      await from.ask(stopped(from));
      await to.ask(started(to));
    }),
  );

  write(`\n${"medians".padEnd(34)}    wall   xcatd  database`);
  write(`${"failover.yml".padEnd(34)}${inWords(planned)}`);
  write(`${"floor: bare commands".padEnd(34)}${inWords(floor)}`);
  for (const key of ["wall", "xcatd"] as const) {
    const ratio = planned[key] / floor[key];
    write(`${key}: ${ratio.toFixed(2)} × the floor's, at most ${MOST[key]}`);
    if (ratio > MOST[key]) process.exitCode = 1;
  }
} finally {
  lab.destroy();
}
