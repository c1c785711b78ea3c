// `npm run bench`: how long the command line takes, as a multiple of Node's own start. Medians of one run, in which the
// commands take turns, so that a busy machine slows all of them alike.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 15);
const bin = fileURLToPath(new URL("../../dist/cli/bin.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "xcatha-bench-"));
const model = `platform: el9
hosts: [{name: host1, address: 10.5.106.70}, {name: host2, address: 10.5.106.5}]
virtual: {address: 10.5.106.50, netmask: 255.255.255.0, nic: eth0, hostname: hamn}
shared: {path: /HA-data}
`;
writeFileSync(join(folder, "xcatha.yml"), model);

/** A folder of models: what costs a start each by a command each. */
const models = join(folder, "models");
for (let number = 0; number < 250; number++) {
  mkdirSync(join(models, String(number)), { recursive: true });
  writeFileSync(join(models, String(number), "xcatha.yml"), model);
}

const empty = () => {
  for (const name of readdirSync(folder).filter((one) => one !== "xcatha.yml" && one !== "models"))
    rmSync(join(folder, name), { recursive: true });
};

/** `before` is not measured; `most` is the bound that a reviewer holds us to. */
const commands = [
  { name: "node -e 0", words: ["-e", "0"] },
  { name: "validate", words: [bin, "validate"], most: 2.5 },
  { name: "generate, all new", words: [bin, "generate"], before: empty, most: 4 },
  { name: "generate, nothing to do", words: [bin, "generate"], most: 4 },
  { name: "generate --check", words: [bin, "generate", "--check"], most: 4 },
  { name: "validate 250 models", words: [bin, "validate", "models"] },
  { name: "--help", words: [bin, "--help"] },
];

function time({ words, before }) {
  before?.();
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const times = commands.map(() => []);
for (let round = 0; round < rounds; round++)
  for (const [index, command] of commands.entries()) times[index].push(time(command));
rmSync(folder, { recursive: true });

const [floor] = times.map(median);
for (const [index, { name, most }] of commands.entries()) {
  const value = median(times[index]);
  const bound = most === undefined ? "" : `  at most ${most}`;
  console.log(
    `${name.padEnd(24)} ${value.toFixed(0).padStart(5)} ms ${(value / floor).toFixed(2).padStart(6)} ×${bound}`,
  );
}
