import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("root's ssh key, which the nodes know", () => {
  let host: Sandbox;
  const key = (name: string) => host.path(name, "id_rsa");
  const kept = () => host.path("HA-data/.xcatha/ssh/id_rsa");
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
  const as = (name: string, verb: string) => {
    host.configure({ HOST: name, SHARED: host.path("HA-data") });
    return host.run("root-key", [verb], "", { XCATHA_ROOT_KEY: key(name) });
  };
  const give = (name: string, text: string) => {
    mkdirSync(host.path(name), { recursive: true });
    writeFileSync(key(name), text, { mode: 0o600 });
    writeFileSync(`${key(name)}.pub`, `${text} public`);
  };

  beforeEach(() => {
    host = new Sandbox({});
    mkdirSync(host.path("HA-data/.xcatha/owner"), { recursive: true });
    writeFileSync(host.path("HA-data/.xcatha/owner/0000000001"), "host: host1\n");
    give("host1", "one");
    give("host2", "two");
  });
  afterEach(() => host[Symbol.dispose]());

  test("goes with the service, and the host's own is put aside", () => {
    expect(as("host1", "take")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(read(kept())).toBe("one");
    expect(as("host2", "take").code).toBe(0);
    expect([read(key("host2")), read(`${key("host2")}.pub`)]).toEqual(["one", "one public"]);
    expect(statSync(key("host2")).mode & 0o777).toBe(0o600);
    const aside = readdirSync(host.path("host2")).filter((name) => name.includes("xcatha"));
    expect(aside.map((name) => read(host.path("host2", name)))).toContain("two");
    expect(aside).toHaveLength(2);

    // Again: it is there already.
    expect(as("host2", "take").code).toBe(0);
    expect(readdirSync(host.path("host2"))).toHaveLength(4);
  });

  test("that was made anew on the active host is the one from now on", () => {
    as("host1", "take");
    give("host1", "new");
    expect(as("host1", "leave").code).toBe(0);
    as("host2", "take");
    expect(read(key("host2"))).toBe("new");
  });

  test.each([
    ["another owns the pair", "host2", "leave", ""],
    ["there is none", "host3", "take", ""],
  ])("is kept by nobody when %s", (_, name, verb, text) => {
    expect(as(name, verb).code).toBe(0);
    expect(read(kept())).toBe(text);
  });

  test("that cannot be kept is told", () => {
    writeFileSync(host.path("HA-data/.xcatha/ssh"), "no folder");
    const { code, stderr } = as("host1", "take");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Root's key could not be carried: /);
  });
});
