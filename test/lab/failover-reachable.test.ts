import { describe, expect } from "vitest";
import { setSwitch } from "./earlier.js";
import { poll } from "./harness/command.js";
import { activityOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { openOnSharedData } from "./harness/open-files.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario, scenarioInFull } from "./selection.js";

/** A way in which the active host is broken while its operating system can still be reached. */
interface Breakage {
  readonly id: string;
  readonly name: string;
  readonly inflict: (host: Host) => Promise<unknown>;
  /** What a run that hands over says of it. */
  readonly said?: RegExp;
  /** Whether the disk of the host is a small one. */
  readonly small?: boolean;
  /** Whether the host cannot write the owner record, so that its own deactivation ends in failure. */
  readonly mute?: boolean;
}

const POSTMASTER = "head -n 1 /var/lib/postgresql/15/main/postmaster.pid";

async function killXcatd(host: Host): Promise<void> {
  await setSwitch(host, "fail-xcatd");
  await host.ask("kill -9 $(cat /run/xcatd.pid)");
  await poll("xcatd is dead", 30, async () =>
    (await activityOf(host, "xcatd")) === "active" ? undefined : true,
  );
}

async function killDatabase(host: Host): Promise<void> {
  await setSwitch(host, "slow-xcatd-stop", "15");
  await host.ask(`pid=$(${POSTMASTER}); kill -9 $(pgrep -P $pid) $pid`);
  await poll("the database is dead", 30, async () =>
    (await activityOf(host, "postgresql@15-main")) === "active" ? undefined : true,
  );
}

/** A process that has a file of the shared data open, and does not heed SIGTERM. */
async function keepOpen(host: Host): Promise<void> {
  const hold = `import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
held = open("/install/held", "a")
time.sleep(3600)`;
  await host.ask(`systemd-run -q --unit=holder python3 -c '${hold}'`);
  await poll("the file is open", 10, async () => {
    const open = await openOnSharedData(host);
    return open.some(({ path }) => path.endsWith("/install/held")) ? true : undefined;
  });
}

/** As when / has no room left; /tmp is part of it, as on most servers. */
function fillRoot(host: Host): Promise<string> {
  return host.ask(`umount /tmp 2>/dev/null
    for size in 1M 4k 1; do dd if=/dev/zero of=/fill-$size bs=$size status=none; done
    ! echo more 2>/dev/null > /tmp/more`);
}

/** Mounted over itself, since a mount with files open for writing cannot be changed. */
const READ_ONLY = "mount --bind /HA-data /HA-data && mount -o remount,ro,bind /HA-data";

const breakages: readonly Breakage[] = [
  { id: "xcatd", name: "xcatd is dead and stays so", inflict: killXcatd },
  { id: "db-dead", name: "the database is dead", inflict: killDatabase },
  {
    id: "db-stuck",
    name: "the database does not stop in time",
    inflict: (host) => host.ask(`kill -STOP $(${POSTMASTER})`),
  },
  {
    id: "open",
    name: "a process keeps the shared data open",
    inflict: keepOpen,
    said: /Process \d+ had the shared data open: \/usr\/bin\/python3 -c import signal/,
  },
  {
    id: "read-only",
    name: "the shared directory is read-only",
    inflict: (host) => host.ask(READ_ONLY),
    mute: true,
  },
  { id: "full", name: "the root file system is full", inflict: fillRoot, small: true },
];

const starting = ({ small }: Breakage) => (small ? { diskSizes: { host1: "600M" } } : {});

describe("the active host can be reached, and", () => {
  for (const breakage of breakages) {
    const { id, name, inflict, said = /./, mute = false } = breakage;

    scenario(`${name}: failover.yml`, async ({ onTestFinished }) => {
      const ready = await ReadyPair.start(`fo-${id}`, onTestFinished, starting(breakage));
      const { host1, host2 } = ready;
      await inflict(host1);
      const run = await ready.play("failover.yml");
      expect(saidBy(run)).toMatch(said);
      await ready.expectPair(host2, host1);
    });

    scenarioInFull(`${name}: deactivate.yml and activate.yml`, async ({ onTestFinished }) => {
      const ready = await ReadyPair.start(`da-${id}`, onTestFinished, starting(breakage));
      const { host1, host2 } = ready;
      await inflict(host1);
      if (mute) {
        // Nothing of it runs any more, but the record says otherwise: the peer needs the operator's word.
        const text = await ready.refused("deactivate.yml", "--limit", "host1");
        expect(text).toContain("the owner record could not be given back");
        expect(text).toContain("activate.yml --limit host2 -e xcatha_fenced=host1");
        await ready.expectClean(host1);
        expect(ready.owner().holder).toBe("host1");
        await ready.refused("activate.yml", "--limit", "host2");
        await ready.expectClean(host2);
        await ready.play("activate.yml", "--limit", "host2", "-e", "xcatha_fenced=host1");
      } else {
        const run = await ready.play("deactivate.yml", "--limit", "host1");
        expect(saidBy(run)).toMatch(said);
        await ready.expectClean(host1);
        expect(ready.owner().holder).toBe("none");
        await ready.play("activate.yml", "--limit", "host2");
      }
      await ready.expectPair(host2, host1);
    });
  }
});
