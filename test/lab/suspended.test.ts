import { join } from "node:path";
import { describe, expect } from "vitest";
import { poll } from "./harness/command.js";
import type { Pair } from "./pair.js";
import { ReadyPair } from "./ready-pair.js";
import { commandLines } from "./role-run.js";
import { FULL, scenario } from "./selection.js";

/** Where a run is when its control machine falls asleep. */
const SELECTION = [
  "Take the owner record, and hand its epoch to this host",
  "Start the pair's services on this host",
];
const REMAINDER = [
  "Stop the owner's unit, and with it all the parts",
  "Take away what is left, and look again",
  "Give the owner record back",
  "Remember how the host was before",
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

describe("a control machine that falls asleep in a failover, and wakes up after another one,", () => {
  for (const title of FULL ? [...SELECTION, ...REMAINDER] : SELECTION) {
    scenario(`at "${title}", never makes a second host active`, async (context) => {
      const id = `asleep-${title.replace(/\W+/g, "").slice(0, 9).toLowerCase()}`;
      const ready = await ReadyPair.start(id, context.onTestFinished);
      const { host1, host2, pair } = ready;
      let asleep: number | undefined;
      const first = pair.watch((text) => {
        if (asleep !== undefined || !text.includes(`: ${title}]`)) return;
        asleep = playbookOf(pair);
        process.kill(asleep, "SIGSTOP");
      }, "failover.yml");
      const pid = await poll("the control machine is asleep", 180, async () => asleep);

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
      process.kill(pid, "SIGCONT");
      const run = await first;
      clearInterval(look);
      expect(seen).toEqual([]);
      const [active, standby] = ready.owner().holder === "host1" ? [host1, host2] : [host2, host1];
      await ready.expectPair(active, standby);
      // It either handed over properly, or it was refused and left the other run's record alone.
      if (run.code !== 0) expect(ready.owner()).toEqual({ holder: "host1", epoch });
    });
  }
});
