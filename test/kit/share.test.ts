import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("the directories on their way to the shared data", () => {
  let host: Sandbox;
  let shared: string;
  let etc: string;
  let client: string;
  const share = (...args: readonly string[]) =>
    host.run("share", args, "", { XCATHA_ROOT: host.path("root"), XCATHA_LOCK: host.directory });
  const note = (name: string) => readFileSync(`${shared}/.xcatha/${name}`, "utf8");

  beforeEach(() => {
    host = new Sandbox({});
    shared = host.path("HA-data");
    etc = host.path("root/etc/xcat");
    client = host.path("root/root/.xcat");
    host.configure({
      HOST: "host1",
      SHARED: shared,
      METHOD: "symlink",
      LINKS: `${etc} ${client}`,
      TIMEOUT_COPY: "120",
    });
    for (const path of [etc, client, `${shared}/.xcatha`]) mkdirSync(path, { recursive: true });
    writeFileSync(`${etc}/site.sqlite`, "rows");
    writeFileSync(`${client}/client-cert.pem`, "old", { mode: 0o600 });
    chownSync(`${client}/client-cert.pem`, 3, 4);
    utimesSync(`${client}/client-cert.pem`, 1000, 1000.5);
    symlinkSync("client-cert.pem", `${client}/link`);
  });
  afterEach(() => host[Symbol.dispose]());

  test("are copied with owner, mode, time and links; xCAT's tables last", () => {
    expect(share("look").stdout).toBe(`${client}\n${etc}\n`);
    expect(share("space")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(share("copy")).toEqual({
      code: 0,
      stdout: `changed: ${shared}${client}\nchanged: ${shared}${etc}\n`,
      stderr: "",
    });
    const list = (path: string) =>
      host.execute(["find", path, "-printf", "%P %m %U %G %T@ %l\\n"]).stdout;
    expect(list(`${shared}${client}`)).toBe(list(client));
    expect(note("complete")).toBe(`${client}\n${etc}\n`);
  });

  test("are not copied twice; what was written before the pair was served is, and the older copy kept", () => {
    share("copy");
    expect(share("copy").stdout).toBe("");
    writeFileSync(`${etc}/later`, "since");
    expect(share("copy").stdout).toBe(`changed: ${shared}${etc}\n`);
    expect(readFileSync(`${shared}${etc}/later`, "utf8")).toBe("since");
    expect(readdirSync(`${shared}/.xcatha/incoming`).join(" ")).toContain("older:");
    writeFileSync(`${shared}/.xcatha/served`, "2.19.0\n");
    writeFileSync(`${etc}/latest`, "never");
    expect(share("look").stdout).toBe("");
  });

  test("are refused where somebody else's directory is in their place", () => {
    mkdirSync(`${shared}${client}`, { recursive: true });
    expect(share("space").stderr).toBe(
      `${shared}${client} exists, but xcatha did not put it there. Nothing was moved or copied: look at it, and move it aside.\n`,
    );
  });

  test("are not given their name when the copy is not what it was made of", () => {
    host.command(
      "cp",
      '/bin/cp "$@" && for target; do :; done; echo more >> "$target/site.sqlite"',
    );
    const { code, stderr } = share("copy");
    expect(code).toBe(1);
    expect(stderr).toContain("is not what it was copied from, first at ");
    expect(existsSync(`${shared}${etc}`)).toBe(false);
  });

  test("are completed without another copy when a run ended before it listed the last one", () => {
    share("copy");
    writeFileSync(`${shared}/.xcatha/complete`, `${client}\n`);
    expect(share("copy").stdout).toBe(`changed: the copy of ${etc} is complete\n`);
    expect(note("complete")).toBe(`${client}\n${etc}\n`);
  });
});
