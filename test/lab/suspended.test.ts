import { join } from "node:path";
import { describe, expect } from "vitest";
import { poll } from "./harness/command.js";
import { type Pair, tailOf } from "./pair.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { commandLines } from "./role-run.js";
import { FULL, scenario } from "./selection.js";

/** Where a run is when its control machine falls asleep: the task that it began is still done on the host. */
const SELECTION = [
  // The last one before the record is taken, and the last one before the start.
  "Remember how the host was before",
  "Wait as long as a living peer would need to stop itself",
] as const;
const REMAINDER = [
  "Stop the owner's unit, and with it all the parts",
  "Take away what is left, and look again",
  "Give the owner record back",
  "Take the owner record, and hand its epoch to this host",
  "Start the pair's services on this host",
  "Wait until xCAT is served from the virtual IP on the right database",
  "Wait for DNS, DHCP, the console and what else the pair serves",
];

/** The database and xcatd as the kernel knows them, a line each; nothing on a standby. */
const SERVING = "pgrep -ax postgres; ss -Hltn '( sport = :3001 or sport = :5432 )'";

/** The main process of the playbook that this pair runs now. */
function playbookOf(pair: Pair): number {
  for (const [pid, words] of commandLines()) {
    const ours = words.some((word) => word.startsWith(join(pair.directory, "..")));
    // Its workers have the same command line: the main one is the oldest.
    if (ours && words[1]?.endsWith("/ansible-playbook")) return pid;
  }
  throw new Error("no playbook runs");
}

/** Runs failover.yml until it says that it begins the task, and lets its control machine fall asleep there. */
async function fallAsleep(pair: Pair, title: string) {
  let asleep: number | undefined;
  const run = pair.watch((text) => {
    if (asleep !== undefined || !text.includes(`: ${title}]`)) return;
    asleep = playbookOf(pair);
    process.kill(asleep, "SIGSTOP");
  }, "failover.yml");
  const pid = await poll("the control machine is asleep", 180, async () => asleep);
  return { run, wake: () => process.kill(pid, "SIGCONT") };
}

describe("a control machine that falls asleep in a failover, and wakes up after another one,", () => {
  for (const title of FULL ? [...SELECTION, ...REMAINDER] : SELECTION) {
    scenario(`at "${title}", never makes a second host active`, async (context) => {
      const id = `asleep-${title.replace(/\W+/g, "").slice(0, 9).toLowerCase()}`;
      const ready = await ReadyPair.start(id, context.onTestFinished);
      const { host1, host2, pair } = ready;
      const first = await fallAsleep(pair, title);

      // The one that is awake moves the service to host1, where it was.
      await ready.play("failover.yml", "-e", "xcatha_to=host1");
      await ready.expectServes(host1);
      const { epoch } = ready.owner();

      const seen: string[] = [];
      const look = setInterval(async () => {
        const served = await Promise.all([host1, host2].map((host) => host.exec(SERVING)));
        if (served.every(({ stdout }) => stdout !== ""))
          seen.push(served.map(({ stdout }) => stdout).join(" | "));
      }, 500).unref();
      first.wake();
      const run = await first.run;
      clearInterval(look);
      expect(seen).toEqual([]);
      const [active, standby] = ready.owner().holder === "host1" ? [host1, host2] : [host2, host1];
      await ready.expectPair(active, standby);
      // It either handed over properly, or it was refused and left the other run's record alone.
      if (run.code !== 0) expect(ready.owner()).toEqual({ holder: "host1", epoch });
    });
  }

  scenario("the same way, touches nothing", async (context) => {
    const ready = await ReadyPair.start("asleep-same", context.onTestFinished);
    const first = await fallAsleep(ready.pair, SELECTION[0]);
    await ready.play("failover.yml", "-e", "xcatha_to=host2");
    await ready.expectPair(ready.host2, ready.host1);
    const owner = ready.owner();
    const begun = await ready.host2.ask("systemctl show -p ActiveEnterTimestampMonotonic xcatd");

    first.wake();
    const run = await first.run;
    expect(run.code, tailOf(run)).not.toBe(0);
    const said = saidBy(run);
    expect(said).toContain("host2 is active already. Nothing was changed.");
    expect(said).toContain("host2 was left as it is.");
    expect(said).toMatch(/host2 is active\. (?!.*NO HOST SERVES)/);
    await ready.expectPair(ready.host2, ready.host1);
    expect(ready.owner()).toEqual(owner);
    expect(await ready.host2.ask("systemctl show -p ActiveEnterTimestampMonotonic xcatd")).toBe(
      begun,
    );
  });
});
