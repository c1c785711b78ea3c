import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

const FIND = `import json, sys
sys.path.insert(0, sys.argv[1])
import kit, service_nodes
print(json.dumps(service_nodes.findings(kit.settings())))`;

describe("xCAT's service nodes", () => {
  let host: FakeXcat;
  const environment = () => ({ ...host.environment, XCATHA_HOSTS: host.path("hosts") });
  const run = (...args: readonly string[]) => host.run("service-nodes", args, "", environment());
  const find = (changes: Readonly<Record<string, string>> = {}): string[] => {
    host.configure({ ...host.settings, ...changes });
    const { stdout, stderr } = host.execute(
      ["python3", "-B", "-c", FIND, host.program],
      "",
      environment(),
    );
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };
  const listed = (rows: string) =>
    host.table("sqlite", "servicenode", `#node,nameserver,comments,disable\n${rows}`);
  /** What each node prints; one that is not named does not answer. */
  const answers = (said: Readonly<Record<string, string>>) => {
    writeFileSync(
      host.path("said"),
      Object.entries(said)
        .flatMap(([node, text]) => text.split("\n").map((line) => `${node}: ${line}\n`))
        .join(""),
    );
  };
  const asked = () => readFileSync(host.path("xdsh"), "utf8");

  beforeEach(() => {
    host = new FakeXcat();
    writeFileSync(host.path("hosts"), "");
    listed('"service","1",,\n');
    host.command(
      "nodels",
      'cat > /dev/null; for word in $(tr , "\\n" <<< "$1"); do case $word in service) echo sn1; echo sn2 ;; *) echo "$word" ;; esac; done',
    );
    host.command(
      "xdsh",
      'cat > /dev/null; printf "%s\\n" "$*" > "$D/xdsh"; cat "$D/said"; echo "[xcatmn]: sn9: ssh: No route to host" >&2; exit 1',
    );
    answers({ sn1: "xcatd=inactive", sn2: "xcatd=inactive" });
  });
  afterEach(() => host[Symbol.dispose]());

  test("are stopped before a failover, all at once and within a bound", () => {
    expect(run("stop")).toEqual({
      code: 0,
      stdout: "changed: xcatd is stopped on the service nodes sn1 sn2\n",
      stderr: "",
    });
    expect(asked()).toBe(
      "sn1,sn2 -t 30 systemctl stop xcatd; echo xcatd=$(systemctl is-active xcatd)\n",
    );
  });

  test("that do not stop, or do not answer, are named", () => {
    answers({ sn1: "xcatd=active" });
    expect(run("stop")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^xcatd was not stopped on the service nodes sn1 sn2; .* xdsh sn1,sn2 systemctl restart xcatd\n$/,
      ),
    });
  });

  test("are let be in a check", () => {
    expect(run("stop", "--check").stdout).toContain("sn1 sn2");
    expect(host.execute(["test", "-e", host.path("xdsh")]).code).toBe(1);
  });

  test("hold up nobody whose xcatd is down", () => {
    rmSync(host.path("xcatd"));
    expect(run("stop")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each([
    ["there are none", ""],
    ["only the pair itself is listed", '"host1","1",,\n"xcatmn","1",,\n"10.77.0.12","1",,\n'],
    ["their row is disabled", '"service","1",,"yes"\n'],
  ])("are none: %s", (_, rows) => {
    listed(rows);
    for (const verb of ["stop", "start"])
      expect(run(verb)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(find()).toEqual([]);
  });

  test("are started anew; one that does not answer is named, one that does not start is a fault", () => {
    answers({ sn1: "xcatd=active" });
    expect(run("start")).toEqual({
      code: 0,
      stdout: "Service nodes that do not answer xdsh: sn2\n",
      stderr: "",
    });
    expect(asked()).toMatch(/^sn1,sn2 -t 30 systemctl restart xcatd;/);
    answers({ sn1: "xcatd=failed", sn2: "xcatd=active" });
    expect(run("start")).toMatchObject({
      code: 1,
      stderr: "xcatd does not start on the service nodes sn1: xdsh sn1 systemctl status xcatd\n",
    });
  });

  describe("are looked at by status", () => {
    const sound = "xcatd=active\nhost=127.0.0.1";

    test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
      ["sound ones", { sn1: sound, sn2: "xcatd=active\nhost=xcatmn" }, []],
      [
        "one that names a host",
        { sn1: "xcatd=failed\nhost=10.77.0.11\nno tables", sn2: sound },
        [
          `/etc/xcat/cfgloc of sn1 names 10.77.0.11, not the virtual IP: xdsh sn1 'sed -i '"'"'s/host=[^|;]*/host=127.0.0.1/'"'"' /etc/xcat/cfgloc && systemctl restart xcatd'`,
        ],
      ],
      [
        "one without xcatd, and one that does not answer",
        { sn1: "xcatd=inactive\nhost=127.0.0.1\nno tables" },
        [
          "xcatd does not run on sn1: xdsh sn1 systemctl restart xcatd",
          "sn2 does not answer xdsh: xdsh sn2 date says why",
        ],
      ],
      [
        "one that the database does not let in",
        { sn1: sound, sn2: `${sound}\nno tables` },
        ["xCAT cannot read its tables on sn2: the database on 127.0.0.1 has to let it in"],
      ],
    ])("%s", (_, said, expected) => {
      answers(said);
      expect(find()).toEqual(expected);
    });

    test("SQLite cannot serve them", () => {
      expect(find({ DATABASE: "sqlite" })[0]).toMatch(
        /^xCAT's service nodes \(sn1 sn2\) cannot reach an SQLite database: set database in the model/,
      );
    });

    test("the advice mends cfgloc, and no password is asked for", () => {
      const cfgloc = host.path("node-cfgloc");
      writeFileSync(cfgloc, "Pg:dbname=xcatdb;host=10.77.0.11|xcatadm|secret\n");
      answers({ sn1: "xcatd=active\nhost=10.77.0.11", sn2: sound });
      const [advice = ""] = find();
      expect(
        host.execute(["bash", "-c", asked().replace(/.*(grep -o '[^']*').*/s, `$1 ${cfgloc}`)])
          .stdout,
      ).toBe("host=10.77.0.11\n");
      host.command(
        "xdsh",
        `shift; bash -c "\${1//\\/etc\\/xcat\\/cfgloc/${cfgloc.replaceAll("/", "\\/")}}"`,
      );
      host.command("systemctl", "exit 0");
      expect(host.execute(["bash", "-c", advice.replace(/.*virtual IP: /, "")]).code).toBe(0);
      expect(readFileSync(cfgloc, "utf8")).toBe("Pg:dbname=xcatdb;host=127.0.0.1|xcatadm|secret\n");
    });
  });
});
