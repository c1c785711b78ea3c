import { describe, expect, test } from "vitest";
import { xcat } from "./earlier.js";
import { activityOf, entriesOf } from "./harness/evidence.js";
import { changesOf, modelOf, tailOf } from "./pair.js";
import { ReadyPair } from "./ready-pair.js";

describe("another database in the model of a pair that was set up", () => {
  test("switch-db.yml moves the tables, and nothing of the old one runs, is linked or starts at boot", async (context) => {
    const ready = await ReadyPair.start("other-database", context.onTestFinished);
    const { host1, pair, lab } = ready;
    await pair.generate(modelOf(lab, "database: sqlite\n"));
    await ready.play("switch-db.yml");
    expect(await xcat(host1, "lsxcatd -d")).toBe("dbengine=SQLite");
    expect(await xcat(host1, "nodels")).toBe("cn1");
    expect(await activityOf(host1, "postgresql@15-main")).toBe("inactive");
    expect(await host1.ask("stat -c %F /var/lib/postgresql /etc/postgresql")).toBe(
      "directory\ndirectory",
    );
    expect(await entriesOf(host1, "/HA-data/.xcatha/retired")).toHaveLength(2);
    expect(changesOf(await ready.play("switch-db.yml"))["host1"]).toBe(0);
    const run = await pair.run("failover.yml");
    expect(run.code, tailOf(run)).toBe(0);
    expect(await xcat(ready.host2, "nodels")).toBe("cn1");
  });
});
