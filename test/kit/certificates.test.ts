import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeXcat } from "./fake-xcat.js";

/** An authority, a server's certificate for that name and root's, in $R. */
const MAKE = `
  set -e
  mkdir -p "$R/etc/xcat/ca" "$R/etc/xcat/cert" "$R/root/.xcat"
  openssl req -x509 -newkey rsa:1024 -nodes -days 30 -subj "/CN=xCAT CA" -keyout "$R/ca-key" -out "$R/etc/xcat/ca/ca-cert.pem"
  issue() {
    openssl req -new -newkey rsa:1024 -nodes -subj "/CN=$1" -keyout "$R/key" -out "$R/request"
    openssl x509 -req -days "\${3:-30}" -in "$R/request" -CA "$R/etc/xcat/ca/ca-cert.pem" -CAkey "$R/ca-key" -CAcreateserial -out "$2"
  }
  issue "$1" "$R/etc/xcat/cert/server-cert.pem"
  issue root "$R/root/.xcat/client-cert.pem"`;

describe("xCAT's certificates", () => {
  let host: FakeXcat;
  const environment = () => ({
    ...host.environment,
    XCATHA_ROOT: host.path("root"),
    R: host.path("root"),
  });
  const certificates = (...args: readonly string[]) =>
    host.run("certificates", args, "", environment());
  const make = (name: string) =>
    expect(host.execute(["bash", "-c", MAKE, "make", name], "", environment()).code).toBe(0);
  const policy = (...names: readonly string[]) =>
    host.table(
      "sqlite",
      "policy",
      `#priority,name,rule,comments,disable\n"1","root","allow",,\n${names.map((name, at) => `"1.${at + 2}","${name}","trusted",,\n`).join("")}`,
    );

  beforeEach(() => {
    host = new FakeXcat();
    mkdirSync(host.path("root/opt/xcat/sbin"), { recursive: true });
    mkdirSync(host.path("root/var/log"), { recursive: true });
    writeFileSync(host.path("root/opt/xcat/sbin/xcatd"), "");
    make("host1");
    policy("host1");
    host.command(
      "xcatconfig",
      `echo "xcatconfig $*" >> "$D/called"; cat > /dev/null; set -- xcatmn; ${MAKE}`,
    );
    host.command(
      "chtab",
      'cat > /dev/null; printf \'"%s","%s","trusted",,\\n\' "$(cut -d= -f2 <<< "$1")" "$(cut -d= -f2 <<< "$2")" >> "$D/sqlite/policy.csv"',
    );
  });
  afterEach(() => host[Symbol.dispose]());

  test("of the site's own stay, under whatever name they are, when they are valid", () => {
    const before = host.read("root/etc/xcat/ca/ca-cert.pem");
    expect(certificates("look")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(certificates("make")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(host.read("root/etc/xcat/ca/ca-cert.pem")).toBe(before);
    expect(host.called).not.toContain("xcatconfig");
  });

  test("whose name xCAT does not trust any more are kept, and the name trusted", () => {
    policy("xcatmn");
    expect(certificates("make").stdout).toBe("changed: xCAT trusts host1\n");
    expect(host.read("sqlite/policy.csv")).toContain('"1.40","host1","trusted"');
    expect(certificates("make").stdout).toBe("");
  });

  test("of two authorities are told beforehand, made anew, and the next commands are given", () => {
    host.execute(
      ["bash", "-c", `${MAKE}; cp "$R/root/.xcat/client-cert.pem" "$R/kept"`, "make", "host1"],
      "",
      environment(),
    );
    make("host1");
    host.execute(["cp", host.path("root/kept"), host.path("root/root/.xcat/client-cert.pem")]);
    expect(certificates("look").stdout).toMatch(
      /^xCAT's certificates cannot be kept: \S+client-cert\.pem is not valid: .*service nodes and users other than root need new/,
    );
    expect(certificates("make", "--check").stdout).toContain(
      "changed: new certificates for xcatmn",
    );
    expect(host.execute(["grep", "-c", "xcatconfig", host.path("called")]).stdout).not.toBe("1\n");
    const { code, stdout } = certificates("make");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^next: updatenode SERVICENODES -k/m);
    expect(stdout).toMatch(/^next: \S+setup-local-client\.sh USER/m);
    expect(stdout).toMatch(/^changed: xCAT trusts xcatmn$/m);
    const kept = host.execute(
      ["bash", "-c", 'ls -d "$R"/etc/xcat/ca.xcatha-* "$R"/root/.xcat.xcatha-*'],
      "",
      environment(),
    );
    expect(kept.stdout.split("\n")).toHaveLength(3);
    expect(certificates("make").stdout).toBe("");
  });

  test("that xcatconfig did not make are not believed", () => {
    host.execute(["rm", host.path("root/etc/xcat/cert/server-cert.pem")]);
    host.command("xcatconfig", "cat > /dev/null; echo done");
    const { code, stderr } = certificates("make");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^xcatconfig -c ended with 0, and \S+server-cert\.pem is missing; see /);
  });

  test("are nothing to look at where xCAT is not installed yet", () => {
    host.execute(["rm", host.path("root/opt/xcat/sbin/xcatd")]);
    host.execute(["rm", "-r", host.path("root/etc")]);
    expect(certificates("look")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(host.path("called"))).toBe(false);
  });
});
