import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installXcat } from "./earlier.js";
import { poll } from "./harness/command.js";
import { activityOf, entriesOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { manifestOf } from "./manifest.js";
import { ODD_DATA } from "./odd-data.js";
import { changesOf, modelOf, Pair, tailOf } from "./pair.js";
import { runRole } from "./role-run.js";

// One story in order: each test starts where the one before ended.
describe.sequential("copying the data to the shared directory", () => {
  let lab: Lab;
  let pair: Pair;
  let host: Host;
  let before: string;

  const share = () => runRole(pair, "share_data", "host1");
  const complete = async () => (await entriesOf(host, "/HA-data/.xcatha"))?.includes("complete");

  beforeAll(async () => {
    lab = await createLab({ id: "traps-sharing", root: "services" });
    host = lab.host("host1");
    pair = new Pair(lab, "2.14");
    const model = modelOf(lab, "database: sqlite\n");
    await Promise.all([pair.generate(model), installXcat(host)]);
    await host.ask(ODD_DATA);
    const kit = await runRole(pair, "host_kit", "host1");
    expect(kit.code, tailOf(kit)).toBe(0);
    before = await manifestOf(host, "/install");
  });
  afterAll(() => lab.destroy());

  test("what somebody else put there is refused, and nothing is stopped or copied", async () => {
    await host.ask(
      "mkdir -p /HA-data/.xcatha /HA-data/install && echo mine > /HA-data/install/file",
    );
    const run = await share();
    expect(run.code, tailOf(run)).not.toBe(0);
    expect(run.stdout).toContain("/HA-data/install exists, but xcatha did not put it there.");
    expect(changesOf(run)).toEqual({ host1: 0 });
    expect(await host.ask("cat /HA-data/install/file")).toBe("mine");
    expect(await entriesOf(host, "/HA-data")).toEqual([".xcatha", "install"]);
    expect(await activityOf(host, "xcatd")).toBe("active");
    await host.ask("rm -r /HA-data/install");
  });

  test("a copy that a crash cut short is never taken for the data", async () => {
    const interrupted = share();
    await poll("the copy has begun", 600, async () =>
      (await host.exec("ls /HA-data/.xcatha/incoming/*/copy/odd")).code === 0 ? true : undefined,
    );
    await host.crash();
    expect((await interrupted).code).not.toBe(0);
    await host.boot();
    expect(await entriesOf(host, "/HA-data/install")).toBeUndefined();
    expect(await complete()).toBe(false);
    expect(await manifestOf(host, "/install")).toBe(before);
  });

  test("the next run copies everything, just as it is", async () => {
    const run = await share();
    expect(run.code, tailOf(run)).toBe(0);
    expect(await manifestOf(host, "/HA-data/install")).toBe(before);
    for (const path of ["/install", "/etc/xcat", "/root/.xcat", "/tftpboot"]) {
      expect(await manifestOf(host, `/HA-data${path}`)).toBe(await manifestOf(host, path));
    }
  });

  test("a run that was cut off before it listed its last copy is completed without another", async () => {
    const copies = await entriesOf(host, "/HA-data/.xcatha/incoming");
    const list = "/HA-data/.xcatha/complete";
    expect(await host.ask(`tail -n 1 ${list}`)).toBe("/etc/xcat");
    await host.ask(`sed -i '$d' ${list}`);
    const run = await share();
    expect(run.code, tailOf(run)).toBe(0);
    expect(await host.ask(`tail -n 1 ${list}`)).toBe("/etc/xcat");
    expect(await entriesOf(host, "/HA-data/.xcatha/incoming")).toEqual(copies);
  });

  test("what was written before the pair was ever served is copied again, and the older copy kept", async () => {
    await host.ask("echo since > /install/odd/since");
    const run = await share();
    expect(run.code, tailOf(run)).toBe(0);
    expect(await manifestOf(host, "/HA-data/install")).toBe(await manifestOf(host, "/install"));
    const older = await entriesOf(host, "/HA-data/.xcatha/incoming");
    expect(older?.filter((name) => name.startsWith("older::install"))).toHaveLength(1);
  });

  test("once it was served nothing is copied again, whatever became of either side", async () => {
    await host.ask("echo 2.19 > /HA-data/.xcatha/served");
    await host.ask("echo newer > /install/odd/plain; echo shared > /HA-data/install/odd/added");
    const shared = await manifestOf(host, "/HA-data");
    const run = await share();
    expect(run.code, tailOf(run)).toBe(0);
    expect(changesOf(run)).toEqual({ host1: 0 });
    expect(await manifestOf(host, "/HA-data")).toBe(shared);
  });
});
