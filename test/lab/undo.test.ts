import { describe, expect } from "vitest";
import { clearSwitches, setSwitch, xcat } from "./earlier.js";
import { differenceOf, footprintOf } from "./footprint.js";
import { poll } from "./harness/command.js";
import { activityOf, addressesOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { ADDRESSES } from "./harness/network.js";
import { changesOf } from "./pair.js";
import { ReadyPair } from "./ready-pair.js";
import { killPlaybook } from "./role-run.js";
import { scenario, scenarioInFull } from "./selection.js";

/** Takes the database's port on a host, so that the database cannot start there. */
const TAKE_PORT = `systemd-run -q --unit=stranger python3 -c '
import socket, time
listener = socket.create_server(("", 5432))
time.sleep(3600)'`;

/** Has the database take longer to start on a host than anybody waits. */
const HANG = `mkdir -p /run/systemd/system/postgresql@15-main.service.d
  printf '[Service]\\nExecStartPre=/bin/sleep 300\\n' > /run/systemd/system/postgresql@15-main.service.d/hang.conf
  systemctl daemon-reload`;

const FAILING = (host: Host) => setSwitch(host, "fail-xcatd");

/** What can go wrong on host2 alone, and what the message has to say of it. */
const faults: readonly (readonly [string, (host: Host) => Promise<unknown>, RegExp])[] = [
  ["xcatd fails", FAILING, /failed at "Wait until xCAT is served [^"]*": xcatd\.service is /],
  [
    "the database does not start",
    (host) => host.ask(TAKE_PORT),
    /failed at "Wait until xCAT is served [^"]*": postgresql@15-main\.service is failed/,
  ],
  [
    "the database never answers",
    (host) => host.ask(HANG),
    /postgresql@15-main\.service is (still activating after|failed)/,
  ],
];

describe("an activation that fails", () => {
  for (const [name, breakHost, message] of faults) {
    const run = name === "xcatd fails" ? scenario : scenarioInFull;
    run(`in a failover, since ${name}, gives the service back`, async (context) => {
      const ready = await ReadyPair.start(`undo-${message.source.length}`, context.onTestFinished);
      const { host1, host2 } = ready;
      await breakHost(host2);
      const before = await footprintOf(host2);
      const said = await ready.refused("failover.yml");
      expect(said).toMatch(message);
      expect(said).toContain("What this run changed was undone: host2 is not active.");
      expect(said).toContain("The service was given back to host1.");
      expect(said).toContain("ansible-playbook activate.yml --limit host2");
      expect(differenceOf(before, await footprintOf(host2))).toEqual([]);
      await ready.expectServes(host1);
    });

    const alone = name === "xcatd fails" ? scenarioInFull : scenario;
    alone(`by itself, since ${name}, leaves the host as it was`, async (context) => {
      const id = `alone-${message.source.length}`;
      const ready = await ReadyPair.boot(id, context.onTestFinished);
      const { host1, host2 } = ready;
      await ready.play("deactivate.yml", "--limit", "host1");
      await breakHost(host2);
      const before = await footprintOf(host2);
      const { epoch } = ready.owner();
      const said = await ready.refused("activate.yml", "--limit", "host2");
      expect(said).toMatch(message);
      expect(said).toContain("What this run changed was undone: host2 is not active.");
      expect(said).toMatch(
        /ansible-playbook status.yml.*ansible-playbook activate.yml --limit host2/,
      );
      expect(differenceOf(before, await footprintOf(host2))).toEqual([]);
      // Taken, and given back: two epochs later.
      expect(ready.owner()).toEqual({ holder: "none", epoch: epoch + 2 });
      await ready.play("activate.yml", "--limit", "host1");
      await ready.expectServes(host1);
    });
  }
});

describe("a failover to a host that is active already", () => {
  scenarioInFull("says so when xcatd cannot be started again there", async ({ onTestFinished }) => {
    const ready = await ReadyPair.start("undo-same", onTestFinished);
    const { host1, host2 } = ready;
    await setSwitch(host1, "fail-xcatd");
    await host1.ask("kill -9 $(cat /run/xcatd.pid)");
    const said = await ready.refused("failover.yml", "-e", "xcatha_to=host1");
    expect(said).toContain("host1 was active before, and still is.");
    expect(said).toMatch(/failed at "Start the pair's services [^"]*": xcatd does not answer on/);
    expect(said).not.toContain("NO HOST SERVES NOW");
    await ready.expectClean(host2);

    await clearSwitches(host1);
    await ready.play("failover.yml", "-e", "xcatha_to=host1");
    await ready.expectPair(host1, host2);
  });
});

describe("an activation whose network services fail", () => {
  const commands: readonly (readonly [string, string, string])[] = [
    ["makedns", "has written the DNS zones (makedns -n)", "named"],
    ["makedhcp", "makedhcp", "isc-dhcp-server"],
    ["makeconservercf", "makeconservercf", "conserver-server"],
  ];
  for (const [command, step, unit] of commands) {
    const run = command === "makeconservercf" ? scenario : scenarioInFull;
    run(
      `at ${command} serves, fails at the end, and is mended by a repetition`,
      async (context) => {
        const ready = await ReadyPair.start(`net-${command}`, context.onTestFinished, {
          console: "conserver",
        });
        const { host1, host2 } = ready;
        await xcat(host1, "chdef cn1 cons=ipmi mgt=ipmi");
        await setSwitch(host2, `fail-${command}`);
        const said = await ready.refused("failover.yml");
        expect(said).toContain(
          "host2 is active and xCAT answers on 10.77.0.10, but not everything",
        );
        expect(said).toContain(step);
        expect(said).toContain("The service runs on host2.");
        expect(await activityOf(host2, "xcatd")).toBe("active");
        expect(await activityOf(host2, "postgresql@15-main")).toBe("active");
        expect(ready.owner().holder).toBe("host2");
        await ready.expectClean(host1);

        await clearSwitches(host2);
        await ready.play("activate.yml", "--limit", "host2");
        expect(await activityOf(host2, unit)).toBe("active");
        expect(await host2.ask("cat /etc/conserver.cf")).toContain("console cn1");
        await ready.expectPair(host2, host1);
      },
    );
  }
});

describe("an activation that is repeated", () => {
  scenario("on the active host changes nothing", async (context) => {
    const ready = await ReadyPair.start("again", context.onTestFinished);
    const { host1, host2 } = ready;
    const before = await Promise.all([footprintOf(host1), footprintOf(host2)]);
    const { epoch } = ready.owner();
    const run = await ready.play("activate.yml", "--limit", "host1");
    expect(changesOf(run)).toEqual({ host1: 0 });
    const after = await Promise.all([footprintOf(host1), footprintOf(host2)]);
    expect(differenceOf(before.flat(), after.flat())).toEqual([]);
    expect(ready.owner().epoch).toBe(epoch);
    await ready.expectPair(host1, host2);
  });

  scenario("after a run that was killed with the virtual IP up, succeeds", async (context) => {
    const ready = await ReadyPair.boot("killed", context.onTestFinished);
    const { host1, host2 } = ready;
    await setSwitch(host1, "delay-xcatd", "20");
    const killed = ready.pair.run("activate.yml", "--limit", "host1");
    await poll("the virtual IP is up, and the database", 600, async () => {
      const held = (await addressesOf(host1)).includes(ADDRESSES.virtual);
      return held && (await activityOf(host1, "xcatd")) === "activating" ? true : undefined;
    });
    killPlaybook(ready.pair);
    expect((await killed).code).not.toBe(0);
    expect(await addressesOf(host1)).toContain(ADDRESSES.virtual);
    await clearSwitches(host1);
    await ready.play("activate.yml", "--limit", "host1");
    await ready.expectPair(host1, host2);
  });
});
