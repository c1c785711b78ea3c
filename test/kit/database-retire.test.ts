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

describe("the database of an earlier model", () => {
  let host: Sandbox;
  let mysql: string;
  let postgresql: string;
  const shared = () => host.path("HA-data");
  const retire = (...args: readonly string[]) =>
    host.run("database-retire", args, "", { XCATHA_ASIDE: host.path("aside"), D: host.directory });
  const called = () =>
    existsSync(host.path("called")) ? readFileSync(host.path("called"), "utf8") : "";

  beforeEach(() => {
    host = new Sandbox({});
    mysql = host.path("var/mysql");
    postgresql = host.path("var/postgresql");
    host.configure({
      HOST: "host1",
      SHARED: shared(),
      METHOD: "symlink",
      TIMEOUT_STOP: "10",
      OTHER_DATABASES: `${postgresql}=postgresql,postgresql@15-main ${mysql}=mariadb.socket,mariadb`,
    });
    for (const path of [
      `${shared()}/.xcatha`,
      `${shared()}${mysql}`,
      host.path("var"),
      host.path("aside"),
    ])
      mkdirSync(path, { recursive: true });
    writeFileSync(`${shared()}${mysql}/rows`, "of an earlier time");
    symlinkSync(`${shared()}${mysql}`, mysql);
    mkdirSync(`${mysql}.own`);
    writeFileSync(host.path("aside", mysql.replaceAll("/", ":")), `${mysql}.own\n`);
    // The site's own PostgreSQL, which was never this pair's.
    mkdirSync(postgresql);
    writeFileSync(`${shared()}/.xcatha/complete`, `/install\n${mysql}\n/etc/xcat\n`);
    host.command("systemctl", 'echo "$*" >> "$D/called"; [ "$1" != is-active ] || echo inactive');
  });
  afterEach(() => host[Symbol.dispose]());

  test("stops, stays off at boot, and gives the usual path back; its data is kept", () => {
    const run = retire();
    expect(run).toEqual({
      code: 0,
      stdout: `changed: ${mysql} retired with mariadb.socket,mariadb\n`,
      stderr: "",
    });
    expect(called()).toBe(
      ["mariadb.socket", "mariadb"]
        .map((unit) => `disable ${unit}\nstop ${unit}\nis-active ${unit}\n`)
        .join(""),
    );
    expect(host.execute(["stat", "-c", "%F", mysql]).stdout).toBe("directory\n");
    expect(existsSync(`${mysql}.own`)).toBe(false);
    const [kept = ""] = readdirSync(`${shared()}/.xcatha/retired`);
    expect(readFileSync(`${shared()}/.xcatha/retired/${kept}/rows`, "utf8")).toBe(
      "of an earlier time",
    );
    expect(readFileSync(`${shared()}/.xcatha/complete`, "utf8")).toBe("/install\n/etc/xcat\n");
    expect(retire()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("that was never the pair's is let alone", () => {
    retire();
    expect(called()).not.toContain("postgresql");
    expect(existsSync(postgresql)).toBe(true);
  });

  test("that does not stop keeps its data and its link", () => {
    host.command("systemctl", '[ "$1" != is-active ] || echo deactivating');
    expect(retire().stderr).toBe(
      "mariadb.socket does not stop: its unit is deactivating. Its data was left where it is.\n",
    );
    expect(host.execute(["readlink", mysql]).stdout).toBe(`${shared()}${mysql}\n`);
  });

  test("is only told by a check", () => {
    expect(retire("--check").stdout).toContain("changed: ");
    expect(called()).toBe("");
  });
});
