import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const MAP = "/etc/auto.nodes";
const LEASES = "/var/lib/dhcpd/dhcpd.leases";

describe("files that go with the service", () => {
  let pair: Sandbox;
  let epoch: number;
  const shared = () => pair.path("HA-data");
  const at = (host: string, path: string) => pair.path(host, path.slice(1));
  const put = (host: string, path: string, text: string) => {
    mkdirSync(dirname(at(host, path)), { recursive: true });
    writeFileSync(at(host, path), text);
  };
  const read = (host: string, path: string) =>
    existsSync(at(host, path)) ? readFileSync(at(host, path), "utf8") : undefined;
  /** Texts of what was put aside of a file. */
  const aside = (host: string, path: string) => {
    const folder = dirname(pair.path(host, `var/lib/xcatha/files${path}`));
    return existsSync(folder)
      ? readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, "utf8"))
      : [];
  };
  const own = (host: string) => {
    epoch += 1;
    writeFileSync(
      `${shared()}/.xcatha/owner/${String(epoch).padStart(10, "0")}`,
      `host: ${host}\n`,
    );
  };
  const files = (host: string, verb: string, more: Readonly<Record<string, string>> = {}) => {
    pair.configure({
      HOST: host,
      PAIR: "hamn",
      SHARED: shared(),
      LINKS: "/install",
      FILES: `/etc/exports ${MAP}`,
      STATE_FILES: LEASES,
      ...more,
    });
    return pair.run("files", [verb], "", { XCATHA_ROOT: pair.path(host) });
  };
  const done = { code: 0, stdout: "", stderr: "" };

  beforeEach(() => {
    pair = new Sandbox({});
    epoch = 0;
    mkdirSync(`${shared()}/.xcatha/owner`, { recursive: true });
    for (const host of ["host1", "host2"]) {
      put(host, MAP, `of ${host}\n`);
      put(host, LEASES, `leases of ${host}\n`);
    }
    own("host1");
  });
  afterEach(() => pair[Symbol.dispose]());

  test("are the last active host's, with mode, and what they replace is put aside once", () => {
    chmodSync(at("host1", MAP), 0o640);
    expect(files("host1", "take")).toEqual(done);
    expect(read("host1", MAP)).toBe("of host1\n");
    expect(files("host1", "leave")).toEqual(done);
    own("host2");
    expect(files("host2", "take")).toEqual({
      ...done,
      stdout: `changed: ${MAP} is that of host1\nchanged: ${LEASES} is that of host1\n`,
    });
    expect([read("host2", MAP), read("host2", LEASES)]).toEqual([
      "of host1\n",
      "leases of host1\n",
    ]);
    expect(statSync(at("host2", MAP)).mode & 0o777).toBe(0o640);
    expect(aside("host2", MAP)).toEqual(["of host2\n"]);
    // Nothing lies beside it: in some folders each file counts.
    expect(readdirSync(dirname(at("host2", MAP)))).toEqual(["auto.nodes"]);

    // Back and forth: what this host kept before is known, and not put aside each time.
    for (const [host, text] of [
      ["host1", "new of host2\n"],
      ["host2", "new of host1\n"],
    ] as const) {
      const peer = host === "host1" ? "host2" : "host1";
      put(peer, MAP, text);
      put(peer, LEASES, text);
      expect(files(peer, "leave")).toEqual(done);
      own(host);
      files(host, "take");
      expect([read(host, MAP), read(host, LEASES)]).toEqual([text, text]);
    }
    expect(aside("host1", MAP)).toEqual([]);
    expect(aside("host1", LEASES)).toEqual([]);
    expect(aside("host2", MAP)).toHaveLength(1);
  });

  test("that people changed are kept at once: a crash loses none", () => {
    files("host1", "take");
    put("host1", MAP, "changed\n");
    put("host1", LEASES, "given since\n");
    expect(files("host1", "keep")).toEqual(done);
    own("host2");
    files("host2", "take");
    expect([read("host2", MAP), read("host2", LEASES)]).toEqual(["changed\n", "leases of host1\n"]);
    // The host that crashed has the service back: what it had is older now.
    own("host1");
    files("host1", "take");
    expect(read("host1", MAP)).toBe("changed\n");
  });

  test("that were changed while nobody was active are right on the host that was active last", () => {
    files("host1", "take");
    files("host1", "leave");
    put("host1", MAP, "since\n");
    expect(files("host1", "take")).toEqual(done);
    expect(read("host1", MAP)).toBe("since\n");
    own("host2");
    files("host2", "take");
    expect(read("host2", MAP)).toBe("since\n");
  });

  test("are nobody else's to keep", () => {
    files("host1", "take");
    for (const verb of ["keep", "leave"]) {
      expect(files("host2", verb)).toEqual(done);
    }
    own("host2");
    files("host2", "take");
    expect(read("host2", MAP)).toBe("of host1\n");
  });

  test("come back where they were lost; a service's own that is gone is gone for the next too", () => {
    files("host1", "take");
    files("host1", "leave");
    own("host2");
    rmSync(at("host2", MAP));
    files("host2", "take");
    expect(read("host2", MAP)).toBe("of host1\n");
    rmSync(at("host2", MAP));
    rmSync(at("host2", LEASES));
    files("host2", "leave");
    own("host1");
    files("host1", "take");
    expect([read("host1", MAP), read("host1", LEASES)]).toEqual(["of host1\n", undefined]);
  });

  test("stay links where they are links", () => {
    files("host1", "take");
    own("host2");
    put("host2", "/etc/real", "of host2\n");
    rmSync(at("host2", MAP));
    symlinkSync("real", at("host2", MAP));
    files("host2", "take");
    expect([read("host2", "/etc/real"), read("host2", MAP)]).toEqual(["of host1\n", "of host1\n"]);
  });

  test("belong on the other host to the user of the same name; one that is not there is told", () => {
    pair.execute(["chown", "nobody:nogroup", at("host1", MAP)]);
    files("host1", "take");
    own("host2");
    files("host2", "take");
    expect(pair.execute(["stat", "-c", "%U", at("host2", MAP)]).stdout).toBe("nobody\n");
    const index = `${shared()}/.xcatha/files/index`;
    writeFileSync(
      index,
      readFileSync(index, "utf8")
        .replaceAll('"nobody"', '"no-such-user"')
        .replaceAll("host2", "host1"),
    );
    put("host2", MAP, "another\n");
    expect(files("host2", "take")).toMatchObject({
      code: 1,
      stderr: `${MAP} belongs to no-such-user on the other host, whom this host does not know: make that user here.\n`,
    });
  });

  test("that are directories are refused", () => {
    rmSync(at("host1", MAP));
    mkdirSync(at("host1", MAP));
    expect(files("host1", "take").stderr).toBe(
      `${MAP} is a directory: shared.files in the model is for files, shared.directories for directories.\n`,
    );
  });

  test("are readable by root alone on the shared data", () => {
    files("host1", "take");
    expect(statSync(`${shared()}/.xcatha/files`).mode & 0o777).toBe(0o700);
    expect(statSync(`${shared()}/.xcatha/files${MAP}`).mode & 0o777).toBe(0o600);
  });

  test("exports of shared data without a device have an fsid on both hosts, the same", () => {
    put("host1", "/etc/exports", "/install *(rw)\n");
    put("host2", "/etc/exports", "/install *(ro)\n");
    // The sandbox's own file system may be on a disk: one that never is.
    const { stdout, stderr } = pair.execute(
      [
        ...["unshare", "--mount", "bash", "-ec"],
        `mount -t tmpfs shared "$HA"; mkdir -p "$HA/.xcatha/owner"; echo "host: host1" > "$HA/.xcatha/owner/0000000001"
        for host in host1 host2; do sed -i "s/^HOST=.*/HOST=$host/" "$XCATHA_CONF"; XCATHA_ROOT="$D/$host" "$P/files" take; cat "$D/$host/etc/exports"; done`,
      ],
      "",
      { HA: shared(), D: pair.directory, P: pair.program, ...pairConfigured() },
    );
    expect(stderr).toBe("");
    const [told, first, ...rest] = stdout.trim().split("\n");
    expect(told).toBe("changed: the exports of the shared data in /etc/exports have an fsid");
    expect(first).toMatch(/^\/install \*\(rw,fsid=[0-9a-f-]{36}\)$/);
    expect(rest.at(-1)).toBe(first);
    expect(aside("host1", "/etc/exports")).toHaveLength(1);
  });

  const pairConfigured = (): Readonly<Record<string, string>> => {
    pair.configure({
      HOST: "host1",
      PAIR: "hamn",
      SHARED: shared(),
      LINKS: "/install",
      FILES: "/etc/exports",
      STATE_FILES: "",
    });
    return {};
  };
});
