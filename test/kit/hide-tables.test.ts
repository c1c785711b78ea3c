import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const HIDDEN = "SQLite:/var/lib/xcatha/this-host-is-standby\n";

describe("the tables in a host's own /etc/xcat", () => {
  let host: Sandbox;
  let shared: string;
  let etc: string;
  const hide = (...args: readonly string[]) =>
    host.run("hide-tables", args, "", {
      XCATHA_ROOT: host.path("root"),
      XCATHA_CFGLOC: `${etc}/cfgloc`,
    });
  const note = (name: string, text: string) => writeFileSync(`${shared}/.xcatha/${name}`, text);

  beforeEach(() => {
    host = new Sandbox({});
    shared = host.path("HA-data");
    etc = host.path("root/etc/xcat");
    host.configure({
      HOST: "host1",
      SHARED: shared,
      METHOD: "symlink",
      LINKS: etc,
      TIMEOUT_COPY: "120",
    });
    for (const path of [etc, `${shared}${etc}`, `${shared}/.xcatha`])
      mkdirSync(path, { recursive: true });
    writeFileSync(`${etc}/site.sqlite`, "rows");
    note("complete", `${etc}\n`);
    note("copied-by", "host1\n");
    note("served", "2.19.0\n");
  });
  afterEach(() => host[Symbol.dispose]());

  test("are hidden once, stay where they are, and are looked for in a folder that is there", () => {
    expect(hide("--check").stdout).toBe(`changed: ${etc}/cfgloc\n`);
    expect(existsSync(`${etc}/cfgloc`)).toBe(false);
    expect(hide()).toEqual({ code: 0, stdout: `changed: ${etc}/cfgloc\n`, stderr: "" });
    expect(readFileSync(`${etc}/cfgloc`, "utf8")).toBe(HIDDEN);
    expect(readFileSync(`${etc}/site.sqlite`, "utf8")).toBe("rows");
    expect(readdirSync(host.path("root/var/lib/xcatha/this-host-is-standby"))).toEqual([]);
    expect(hide()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("are hidden with the database that an earlier cfgloc names, which is kept", () => {
    writeFileSync(`${etc}/cfgloc`, "Pg:dbname=xcatdb;host=10.0.0.1|xcatadm|before\n");
    hide();
    const kept = readdirSync(etc).filter((name) => name.startsWith("cfgloc.xcatha-"));
    expect(kept.map((name) => readFileSync(`${etc}/${name}`, "utf8"))).toEqual([
      "Pg:dbname=xcatdb;host=10.0.0.1|xcatadm|before\n",
    ]);
  });

  test.each<[string, () => void]>([
    ["the pair never served, and they were copied from here", () => note("served", "")],
    ["they are not on the shared data", () => note("complete", "")],
    [
      "the shared data is not there",
      () =>
        host.configure({
          HOST: "host1",
          SHARED: "/nowhere",
          METHOD: "symlink",
          LINKS: etc,
          TIMEOUT_COPY: "9",
        }),
    ],
  ])("are left alone while %s", (_, make) => {
    make();
    expect(hide()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(`${etc}/cfgloc`)).toBe(false);
  });

  test("are hidden on the other host before the pair serves", () => {
    note("served", "");
    note("copied-by", "host2\n");
    expect(hide().stdout).toBe(`changed: ${etc}/cfgloc\n`);
  });

  test("are left alone on the active host, where they are the pair's", () => {
    const own = host.path("own");
    host.execute(["mv", etc, own]);
    symlinkSync(`${shared}${etc}`, etc);
    expect(hide().stdout).toBe("");
    expect(existsSync(`${shared}${etc}/cfgloc`)).toBe(false);
  });
});
