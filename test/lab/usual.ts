import { createLab } from "./harness/lab.js";
import { modelOf, Pair, tailOf } from "./pair.js";

/** How often each is done; the setup once. */
const ROUNDS = 3;

const medianOf = (seconds: readonly number[]): number =>
  [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? 0;

/**
 * Measures how long each procedure usually takes, from bare hosts on; gives the medians in seconds, by the procedure's
 * name, as `src/explain/usual.ts` has them.
 */
async function measure(): Promise<Readonly<Record<string, number>>> {
  const lab = await createLab({ id: "usual" });
  try {
    const pair = new Pair(lab, "2.14");
    await pair.generate(modelOf(lab));
    const seconds: Record<string, number[]> = {};
    const play = async (name: string, playbook: string, ...args: readonly string[]) => {
      const run = await pair.run(playbook, ...args);
      if (run.code !== 0) throw new Error(`${playbook} failed\n${tailOf(run)}`);
      seconds[name] = [...(seconds[name] ?? []), run.seconds];
      process.stderr.write(`${name}: ${run.seconds.toFixed(1)} s\n`);
    };
    await play("setup", "setup.yml");
    for (let round = 0; round < ROUNDS; round += 1) {
      await play("failover", "failover.yml", "-e", "xcatha_to=host2");
      await play("deactivate", "deactivate.yml", "--limit", "host2");
      await play("activate", "activate.yml", "--limit", "host2");
      await lab.host("host2").crash();
      await play("takeover", "failover.yml", "-e", "xcatha_fenced=host2");
      await lab.host("host2").boot();
      await play("standby", "standby.yml", "--limit", "host2");
    }
    return Object.fromEntries(
      Object.entries(seconds).map(([name, each]) => [name, Math.round(medianOf(each))]),
    );
  } finally {
    lab.destroy();
  }
}

process.stdout.write(`${JSON.stringify(await measure(), null, 2)}\n`);
