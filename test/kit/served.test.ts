import { writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

describe("what the virtual IP serves", () => {
  let host: FakeXcat;
  const served = (what: string) => host.run("served", [what], "", host.environment);
  const setting = (key: string, value: string) =>
    host.execute(["sed", "-i", `s/^${key}=.*/${key}="${value}"/`, host.path("host.conf")]);

  beforeEach(() => {
    host = new FakeXcat({ DATABASE_PORT: "5432", TIMEOUT_DATABASE: "2" });
    writeFileSync(host.path("etc/cfgloc"), "Pg:dbname=xcatdb;host=127.0.0.1|xcatadm|Secret42\n");
    host.table("Pg", "site", '#key,value,comments,disable\n"master","127.0.0.1",,\n');
    host.command("pg_isready", 'exit "$(cat "$D/ready" 2>/dev/null || echo 0)"');
  });
  afterEach(() => host[Symbol.dispose]());

  test("is the database, and xCAT on it", () => {
    expect(served("database")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(served("xcat")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is no database on SQLite", () => {
    setting("DATABASE_UNIT", "");
    writeFileSync(host.path("ready"), "2");
    expect(served("database").code).toBe(0);
  });

  test("is a database that was late once", () => {
    host.command("pg_isready", '[ -e "$D/asked" ] && exit 0; touch "$D/asked"; exit 2');
    expect(served("database")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is not a database that does not answer in all its time", () => {
    writeFileSync(host.path("ready"), "2");
    expect(served("database").stderr).toBe(
      "PostgreSQL does not answer on 127.0.0.1:5432 after 2 s.\n",
    );
  });

  test("is told apart: a wrong database, a wrong master, and an answer that did not come", () => {
    host.table("Pg", "site", '#key,value,comments,disable\n"master","10.77.0.11",,\n');
    expect(served("xcat").stderr).toBe("xCAT's site.master is not 127.0.0.1: run setup.yml.\n");
    setting("DATABASE", "mariadb");
    expect(served("xcat").stderr).toBe("xCAT does not run on mariadb.\n");
    host.command("lsxcatd", "sleep 60");
    setting("TIMEOUT_XCATD", "2");
    expect(served("xcat").stderr).toBe("lsxcatd -d did not answer within 2 s.\n");
  });
});
