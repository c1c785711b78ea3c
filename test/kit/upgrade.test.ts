import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe("an upgrade of xCAT", () => {
  let host: Sandbox;
  const read = (path: string) => readFileSync(host.path(path), "utf8");
  const upgrade = (...args: readonly string[]) => host.run("upgrade", args);

  /** What apt-get would do, and does: the files say which package would come, and what was called. */
  const APT = `
    case "$*" in
      *update) exit 0 ;;
      *-s*) cat "$XCATHA_CONF.offered" 2>/dev/null; exit 0 ;;
      *) echo "$*" >> "$XCATHA_CONF.called"; rm "$XCATHA_CONF.offered" ;;
    esac`;

  const TABDUMP = `
    case $1 in
      "") printf 'nodelist\\nsite\\nauditlog\\n' ;;
      nodelist) cat "$XCATHA_CONF.nodelist" ;;
      *) printf '#key,value,comments,disable\\n"master","10.0.0.9",,\\n' ;;
    esac`;

  beforeEach(() => {
    host = new Sandbox({});
    host.configure({
      HOST: "host1",
      PACKAGE_MANAGER: "apt",
      XCAT_PACKAGE: "xcat",
      XCAT_VERSION: "",
      DATABASE_PACKAGES: "postgresql-15",
      LINKS: "",
      SHARED: host.path("HA-data"),
      TIMEOUT_INSTALL: "20",
      TIMEOUT_MIGRATE: "20",
      TIMEOUT_XCATD: "2",
    });
    mkdirSync(host.path("HA-data/.xcatha/dumps"), { recursive: true });
    host.command("apt-get", APT);
    host.command(
      "dpkg-query",
      "case $1 in -W) echo installed xcat; echo installed perl-xcat ;; *) true ;; esac",
    );
    host.command("tabdump", TABDUMP);
    host.command("xcatconfig", 'echo "xcatconfig $*" >> "$XCATHA_CONF.called"');
    writeFileSync(host.path("host.conf.nodelist"), '#node,groups\n"cn1","all"\n"cn2","all"\n');
  });
  afterEach(() => host[Symbol.dispose]());

  const offer = () =>
    writeFileSync(
      host.path("host.conf.offered"),
      "Inst perl-xcat [2.19.0] (2.19.1 lab) []\nInst xcat [2.19.0] (2.19.1 lab)\nConf xcat (2.19.1 lab)\n",
    );

  test("names what the package manager offers, and nothing when all is new", () => {
    offer();
    expect(upgrade("offered").stdout).toBe("perl-xcat 2.19.1\nxcat 2.19.1\n");
    host.execute(["rm", host.path("host.conf.offered")]);
    expect(upgrade("offered")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("upgrades what is installed of xCAT, and the database's server, and nothing else", () => {
    offer();
    const { code, stdout } = upgrade("packages");
    expect(code).toBe(0);
    expect(stdout).toBe("changed: perl-xcat 2.19.1\nchanged: xcat 2.19.1\n");
    expect(read("host.conf.called")).toMatch(
      / --only-upgrade install perl-xcat xcat postgresql-15\n$/,
    );
    expect(upgrade("packages")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("keeps the packages' files after it alone, also when it was interrupted before", () => {
    const postscript = host.path("install/postscripts/syslog");
    mkdirSync(host.path("install/postscripts"), { recursive: true });
    writeFileSync(postscript, "new");
    const links = `s#^LINKS=.*#LINKS="${host.path("install")}"#`;
    host.execute(["sed", "-i", links, host.path("host.conf")]);
    host.command(
      "dpkg-query",
      `case $1 in -W) echo installed xcat ;; -L) echo ${postscript} ;; esac`,
    );
    expect(upgrade("packages")).toEqual({ code: 0, stdout: "", stderr: "" });

    offer();
    const apt = APT.replace(
      'rm "$XCATHA_CONF.offered"',
      'rm "$XCATHA_CONF.offered"; kill -9 $PPID',
    );
    host.command("apt-get", apt);
    expect(upgrade("packages").code).not.toBe(0);
    expect(upgrade("packages").stdout).toBe(`changed: keeps ${postscript}\n`);
    expect(upgrade("packages").stdout).toBe("");
  });

  test("is only told by a check", () => {
    offer();
    expect(upgrade("packages", "--check").stdout).toContain("changed: xcat 2.19.1");
    expect(upgrade("begin", "--check").stdout).toContain("changed: a dump");
    expect(readdirSync(host.path("HA-data/.xcatha/dumps"))).toEqual([]);
    expect(() => read("host.conf.called")).toThrow();
  });

  test("is not believed when the package manager ends with 0 and upgraded nothing", () => {
    offer();
    host.command("apt-get", APT.replace('rm "$XCATHA_CONF.offered"', "true"));
    const { code, stderr } = upgrade("packages");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "The package manager reported success, but did not upgrade perl-xcat 2.19.1, xcat 2.19.1.\n",
    );
  });

  test("that the package manager refuses says its last words", () => {
    offer();
    host.command(
      "apt-get",
      APT.replace('echo "$*" >> "$XCATHA_CONF.called"', "echo E: no space left >&2; exit 100"),
    );
    expect(upgrade("packages").stderr).toBe(
      "The packages of host1 were not upgraded: E: no space left\n",
    );
  });

  test("by go-xcat brings the model's version, and nothing when it is there", () => {
    const settings = host.path("host.conf");
    const words = 's/^XCAT_VERSION=.*/XCAT_VERSION=2.19.1/; $aGO_XCAT="-x 2.19.1 -y update"';
    host.execute(["sed", "-i", words, settings]);
    host.command(
      "go-xcat",
      'echo "go-xcat $*" >> "$XCATHA_CONF.called"; echo 2.19.1-1 > "$XCATHA_CONF.version"',
    );
    writeFileSync(`${settings}.version`, "2.19.0-1");
    host.command(
      "dpkg-query",
      'case "$*" in *Version*) cat "$XCATHA_CONF.version" ;; *) true ;; esac',
    );
    const program = { XCATHA_GO_XCAT: host.path("bin/go-xcat") };
    expect(host.run("upgrade", ["offered"]).stdout).toBe("xcat 2.19.1\n");
    expect(host.run("upgrade", ["packages"], "", program).stdout).toBe("changed: xcat 2.19.1\n");
    expect(read("host.conf.called")).toMatch(/^go-xcat -x 2\.19\.1 -y update$/m);
    expect(host.run("upgrade", ["packages"], "", program).stdout).toBe("");
  });

  test("has a dump of the tables before it, and is finished when no row is missing", () => {
    upgrade("begin");
    const finished = upgrade("finish");
    expect(finished).toMatchObject({ code: 0, stderr: "" });
    expect(read("host.conf.called")).toBe("xcatconfig -u\n");
    expect(readdirSync(host.path("HA-data/.xcatha")).join(" ")).toMatch(
      /^dumps upgrade\.finished\.xcatha-\S+$/,
    );
    expect(upgrade("finish")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each([
    ["a row that went", '#node,groups\n"cn1","all"\n', "nodelist cn2"],
    ["a row that changed", '#node,groups\n"cn1","all"\n"cn2","other"\n', "nodelist cn2"],
    ["a table that went", "", "nodelist cn1; nodelist cn2"],
  ])("names %s, and stays unfinished", (_, after, lost) => {
    upgrade("begin");
    writeFileSync(host.path("host.conf.nodelist"), after);
    if (after === "") host.command("tabdump", TABDUMP.replace("nodelist\\n", ""));
    const { code, stderr } = upgrade("finish");
    expect(code).toBe(1);
    expect(stderr).toContain(
      `Rows of xCAT's tables are not what they were before the upgrade: ${lost}. Compare `,
    );
    expect(readdirSync(host.path("HA-data/.xcatha"))).toContain("upgrade.unfinished");
  });

  test("may bring columns and rows", () => {
    upgrade("begin");
    writeFileSync(
      host.path("host.conf.nodelist"),
      '#node,new,groups\n"cn1",,"all"\n"cn2","x","all"\n"cn3",,\n',
    );
    expect(upgrade("finish").code).toBe(0);
  });

  test("that was interrupted goes on with the dump of before on the host that is active now", () => {
    upgrade("begin");
    const dumps = readdirSync(host.path("HA-data/.xcatha/dumps"));
    host.execute(["sed", "-i", "s/^HOST=.*/HOST=host2/", host.path("host.conf")]);
    expect(upgrade("begin").stdout).toBe("");
    expect(readdirSync(host.path("HA-data/.xcatha/dumps"))).toEqual(dumps);
  });
});
