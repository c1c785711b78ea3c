import { describe, expect } from "vitest";
import { footprintOf } from "./footprint.js";
import { changesOf } from "./pair.js";
import { ReadyPair, saidBy } from "./ready-pair.js";
import { scenario } from "./selection.js";

// What a cluster's agent would do with a resource: each order is safe to repeat, and status tells the truth.
describe("a cluster agent's table", () => {
  scenario("status, activate, again, status, deactivate, again", async ({ onTestFinished }) => {
    const ready = await ReadyPair.boot("agents", onTestFinished);
    const { host1, host2 } = ready;
    const at = ["--limit", "host1"];
    const status = async () => saidBy(await ready.play("status.yml"));

    expect(await ready.refused("status.yml")).toContain("no host is active");
    await ready.play("activate.yml", ...at);
    await ready.expectPair(host1, host2);
    expect(await status()).toContain("host1 is active");

    const active = await footprintOf(host1);
    expect(changesOf(await ready.play("activate.yml", ...at))).toEqual({ host1: 0 });
    expect(await footprintOf(host1)).toEqual(active);

    await ready.play("deactivate.yml", ...at);
    await ready.expectClean(host1);
    expect(ready.owner().holder).toBe("none");
    expect(await ready.refused("status.yml")).toContain("no host is active");

    const standby = await footprintOf(host1);
    const { epoch } = ready.owner();
    expect(changesOf(await ready.play("deactivate.yml", ...at))).toEqual({ host1: 0 });
    expect(await footprintOf(host1)).toEqual(standby);
    expect(ready.owner().epoch).toBe(epoch);
    await ready.play("activate.yml", ...at);
    await ready.expectPair(host1, host2);
  });
});
