import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

const RUN = `import json, sys
sys.path.insert(0, sys.argv[1])
import exports, kit
given = sys.stdin.read()
settings = kit.settings()
exports.needs_fsid = lambda _: sys.argv[2] == "no device"
if sys.argv[3] == "findings":
    print(json.dumps(exports.findings(settings)))
else:
    after = exports.with_fsid(given, settings)
    assert exports.with_fsid(after, settings) == after and exports.lacking(after, settings) == []
    print(json.dumps(after))`;

describe("the NFS exports of the shared directories", () => {
  let host: Sandbox;
  const run = (kind: string, verb: string, text = "", pair = "hamn") => {
    host.configure({
      PAIR: pair,
      SHARED: "/HA-data",
      LINKS: "/install /tftpboot",
      FILES: "/etc/exports",
    });
    const { stdout, stderr } = host.execute(
      ["python3", "-B", "-c", RUN, host.program, kind, verb],
      text,
      { XCATHA_ROOT: host.path("root") },
    );
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };
  const file = (path: string, text: string) => {
    mkdirSync(dirname(host.path("root", path)), { recursive: true });
    writeFileSync(host.path("root", path), text);
  };
  beforeEach(() => {
    host = new Sandbox({});
  });
  afterEach(() => host[Symbol.dispose]());

  const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

  test.each([
    [
      "xCAT's own",
      "/install *(rw,no_root_squash,sync)\n",
      "/install *(rw,no_root_squash,sync,fsid=N)\n",
    ],
    [
      "several clients, and a comment",
      "/install 10.0.0.0/8(rw) @trusted # nodes\n",
      "/install 10.0.0.0/8(rw,fsid=N) @trusted(fsid=N) # nodes\n",
    ],
    [
      "options of the line, and a line that goes on",
      "/install/post -ro,sync \\\n  cn1 cn2(rw)\n",
      "/install/post -ro,sync cn1(fsid=N) cn2(rw,fsid=N)\n",
    ],
    ["no client", "/tftpboot\n", "/tftpboot *(fsid=N)\n"],
    ["blanks in the path", '"/install/a b" *(ro)\n', '"/install/a b" *(ro,fsid=N)\n'],
    ["a link's other end", "/HA-data/install *()\n", "/HA-data/install *(fsid=N)\n"],
    ["one that it has already", "/install *(rw,fsid=7)\n", "/install *(rw,fsid=7)\n"],
    ["another directory", "/installer *(rw)\n/home *(rw)\n", "/installer *(rw)\n/home *(rw)\n"],
    ["a comment alone", "# /install *(rw)\n\n", "# /install *(rw)\n\n"],
  ])("get an fsid, once: %s", (_, before, after) => {
    const said: string = run("no device", "text", before);
    expect(said.replaceAll(new RegExp(`fsid=${UUID}`, "g"), "fsid=N")).toBe(after);
  });

  test("get the same one on both hosts, another one for another path or pair", () => {
    const text = "/install *(rw)\n/tftpboot *(rw)\n";
    const numbers = (pair: string): string[] =>
      run("no device", "text", text, pair).match(/fsid=[^)]+/g);
    expect(numbers("hamn")).toEqual(numbers("hamn"));
    expect(new Set([...numbers("hamn"), ...numbers("other")]).size).toBe(4);
  });

  test("are sound when the server has them, by their own name or by where their link leads", () => {
    file("etc/exports", "/install *(rw,fsid=1)\n/tftpboot *(ro,fsid=2)\n/home *(rw)\n");
    file("var/lib/nfs/etab", "/install\t*(rw)\n/tftpboot\t*(ro)\n");
    expect(run("no device", "findings")).toEqual([]);
  });

  test("are told when the server left them out, when an fsid lacks, or when the file stays behind", () => {
    file("etc/exports", "/install *(rw)\n/tftpboot *(rw,fsid=2)\n");
    file("var/lib/nfs/etab", "/install\t*(rw)\n");
    expect(run("no device", "findings")).toEqual([
      "/etc/exports exports /install without an fsid, on a file system that has no device: systemctl restart xcatha-files.service, then exportfs -r",
    ]);
    expect(run("a device", "findings")).toEqual([
      "NFS does not export /tftpboot, which /etc/exports names: exportfs -r says why",
    ]);
    file("var/lib/nfs/etab", "/install\t*(rw)\n/tftpboot\t*(rw)\n/install/x\t*(ro)\n");
    file("etc/exports.d/x.exports", "/install/x *(ro)\n");
    expect(run("a device", "findings")).toEqual([
      "/etc/exports.d/x.exports exports /install/x, and stays behind at a failover: move the line to /etc/exports, or add the file to shared.files in the model",
    ]);
  });
});
