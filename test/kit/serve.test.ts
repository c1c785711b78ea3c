import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

describe("the host that is set up", () => {
  let host: FakeXcat;
  let server: Server;
  const serve = (...args: readonly string[]) => host.run("serve", args, "", host.environment);
  const locate = (address: string) =>
    writeFileSync(host.path("etc/cfgloc"), `Pg:dbname=xcatdb;host=${address}|xcatadm|Secret42\n`);
  const setting = (key: string, value: string) =>
    host.execute(["sed", "-i", `s/^${key}=.*/${key}="${value}"/`, host.path("host.conf")]);

  beforeEach(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    host = new FakeXcat({ DATABASE_PORT: String(port) });
  });
  afterEach(() => {
    server.close();
    host[Symbol.dispose]();
  });

  test("starts an xcatd that does not run, and waits for its tables", () => {
    host.execute(["rm", host.path("xcatd")]);
    expect(serve("xcatd", "--check").stdout).toBe("changed: start xcatd\n");
    expect(serve("xcatd")).toEqual({ code: 0, stdout: "changed: start xcatd\n", stderr: "" });
    expect(serve("xcatd")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is patient with an xcatd that is busy, and tells one that gives no answer", () => {
    host.command("lsxcatd", "sleep 60");
    setting("TIMEOUT_XCATD", "1");
    expect(serve("xcatd").stderr).toMatch(/xcatd's unit is active: lsxcatd -d did not answer\.\n$/);
  });

  test("restarts a database that does not listen where xCAT expects it", () => {
    locate("127.0.0.1");
    expect(serve("database")).toEqual({ code: 0, stdout: "", stderr: "" });
    setting("DATABASE_PORT", "1");
    setting("TIMEOUT_DATABASE", "1");
    expect(serve("database")).toMatchObject({
      code: 1,
      stdout: "changed: restart postgresql@15-main\n",
      stderr: expect.stringMatching(/^postgresql does not answer on 127\.0\.0\.1:1 after 1 s; its/),
    });
    writeFileSync(host.path("state/switch-db.unfinished"), "");
    expect(serve("database").code).toBe(0);
  });

  test("lets a database alone whose address it does not hold, or that is not the pair's", () => {
    setting("DATABASE_PORT", "1");
    locate("192.0.2.1");
    expect(serve("database")).toEqual({ code: 0, stdout: "", stderr: "" });
    host.execute(["rm", host.path("etc/cfgloc")]);
    expect(serve("database")).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
