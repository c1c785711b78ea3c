import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { programsFolder, Sandbox } from "./program.js";

// No host can have it: a proxy may answer for those of documentation.
const NOBODY = "255.255.255.255";

describe("a host that cannot be asked is alive", () => {
  let host: Sandbox;
  let server: Server;
  let greet: (client: Socket) => void;

  beforeEach(async () => {
    host = new Sandbox({});
    host.command("ping", "exit 1");
    greet = () => undefined;
    server = createServer((client) => greet(client.on("error", () => undefined))).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
  });
  afterEach(() => {
    server.close();
    host[Symbol.dispose]();
  });

  /** The signs of life that it finds; the server lives in this process, so that it must not be waited for. */
  async function signs(address = "127.0.0.1"): Promise<readonly string[]> {
    const { port } = server.address() as AddressInfo;
    const child = spawn(join(programsFolder, "alive"), [address, String(port)], {
      env: { ...process.env, PATH: `${host.path("bin")}:${process.env["PATH"]}` },
    });
    const said = await text(child.stdout);
    return said.split("\n").filter(Boolean);
  }

  test("by ssh's banner", async () => {
    greet = (client) => client.end("SSH-2.0-OpenSSH_9.2\r\n");
    expect(await signs()).toEqual(["ssh"]);
  });

  test("by a server that takes the connection and says nothing", async () => {
    greet = (client) => client.resume();
    expect(await signs()).toEqual(["tcp"]);
  });

  test("by a connection that its kernel refuses", async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    server.address = () => ({ port, family: "IPv4", address: "127.0.0.1" });
    expect(await signs()).toEqual(["tcp"]);
  });

  test("by ping alone", async () => {
    host.command("ping", "exit 0");
    expect(await signs(NOBODY)).toEqual(["ping"]);
  });

  test("by nothing", async () => {
    expect(await signs(NOBODY)).toEqual([]);
  });
});
