import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installXcat } from "./earlier.js";
import { poll } from "./harness/command.js";
import { activityOf, entriesOf } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { manifestOf } from "./manifest.js";
import { changesOf, modelOf, Pair, tailOf } from "./pair.js";
import { runRole } from "./role-run.js";

/** What people have below /install, and then some. */
const ODD_DATA = `
  set -e
  mkdir -p /install/odd
  cd /install/odd
  echo text > plain
  ln plain hard-link
  ln -s plain relative-link
  ln -s /install/odd/plain absolute-link
  ln -s /nowhere/at/all dangling-link
  chown 1234:2345 plain
  chmod 6751 plain
  chown -h 99:98 relative-link
  truncate -s 20M sparse
  echo end >> sparse
  mkfifo -m 640 fifo
  python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
  touch ' leading space' -- '-dash' $'new\\nline' 'Ümlaut' $'\\xff-not-utf8' '*' '$(id)'
  setfacl -m u:1234:rwx,g:2345:r plain
  mkdir -m 2770 directory
  setfacl -d -m u:1234:rwx directory
  setfattr -n user.colour -v blue plain
  setfattr -n trusted.mine -v yes directory
  touch -d '2001-02-03 04:05:06.789' plain directory
  head -c 150M /dev/urandom > large
`;

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
    await poll("the copy has begun", 60, async () =>
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

  test("a second run copies nothing, whatever became of either side", async () => {
    await host.ask("echo newer > /install/odd/plain; echo shared > /HA-data/install/odd/added");
    const shared = await manifestOf(host, "/HA-data");
    const run = await share();
    expect(run.code, tailOf(run)).toBe(0);
    expect(changesOf(run)).toEqual({ host1: 0 });
    expect(await manifestOf(host, "/HA-data")).toBe(shared);
  });
});
