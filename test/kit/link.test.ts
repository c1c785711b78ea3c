import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("a link to the shared data", () => {
  let host: Sandbox;
  let path: string;
  let target: string;
  const link = (verb: string) =>
    host.run("link", [verb, path], "", { XCATHA_ASIDE: host.path("lib/aside") });

  beforeEach(() => {
    host = new Sandbox({});
    path = host.path("etc/xcat");
    target = `${host.path("HA-data")}${path}`;
    mkdirSync(target, { recursive: true });
    host.configure({ SHARED: host.path("HA-data"), METHOD: "symlink", LINKS: path });
  });
  afterEach(() => host[Symbol.dispose]());

  const own = () => {
    mkdirSync(path, { recursive: true });
    writeFileSync(`${path}/mine`, "");
  };

  test("is put, also twice, where nothing stood", () => {
    expect(link("put").code).toBe(0);
    expect(link("put").code).toBe(0);
    expect(readlinkSync(path)).toBe(target);
    expect(link("remove").code).toBe(0);
    expect(link("remove").code).toBe(0);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(host.path("lib"))).toBe(false);
  });

  test("moves what stood there aside, and brings it back", () => {
    own();
    link("put");
    expect(readlinkSync(path)).toBe(target);
    expect(readdirSync(host.path("etc")).join(" ")).toMatch(/^xcat xcat\.xcatha-\S+-0$/);
    link("remove");
    expect(readdirSync(host.path("etc"))).toEqual(["xcat"]);
    expect(readdirSync(path)).toEqual(["mine"]);
  });

  test("that a crash cut off before the link was made still brings back what was moved", () => {
    own();
    link("put");
    host.execute(["rm", path]);
    link("put");
    link("remove");
    expect(readdirSync(path)).toEqual(["mine"]);
  });

  test("is not put to data that is not there", () => {
    own();
    host.execute(["rm", "-r", target]);
    const { code, stderr } = link("put");
    expect([code, stderr]).toEqual([1, `${target} is missing on the shared data.\n`]);
    expect(readdirSync(path)).toEqual(["mine"]);
  });

  test("of somebody else is not taken away", () => {
    mkdirSync(host.path("etc"));
    host.execute(["ln", "-s", "/elsewhere", path]);
    expect(link("remove").code).toBe(0);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
  });

  test("by a bind mount is put and taken away, though a process has it open", () => {
    host.configure({ SHARED: host.path("HA-data"), METHOD: "bind", LINKS: path });
    const script = `
      "$1" put "$2" && "$1" put "$2" && mountpoint -q "$2" && touch "$2/shared"
      sleep 60 < "$2/shared" & sleep 0.2
      "$1" remove "$2" && ! mountpoint -q "$2" && "$1" remove "$2" && ls -A "$2"`;
    const { code, stdout, stderr } = host.execute([
      ...["unshare", "--mount", "bash", "-ec", script, "-"],
      ...[`${host.program}/link`, path],
    ]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Process \d+ had \S+ open: sleep 60\n$/);
  });
});
