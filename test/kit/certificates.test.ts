import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeCertificates, makeCertificatesScript } from "./authority.js";
import { FakeXcat } from "./fake-xcat.js";
import { Sandbox } from "./program.js";

describe("xCAT's certificates", () => {
  let host: FakeXcat;
  /** What xCAT made, and the same of an authority of the site's. */
  let made: Sandbox;
  beforeAll(() => {
    made = new Sandbox({});
    for (const whose of ["root", "site"])
      makeCertificates(made, {
        etc: made.path(whose, "etc/xcat"),
        home: made.path(whose, "root/.xcat"),
      });
  }, 60_000);
  afterAll(() => made[Symbol.dispose]());
  const called = () => (existsSync(host.path("called")) ? host.called : "");
  const environment = () => ({
    ...host.environment,
    XCATHA_ROOT: host.path("root"),
    R: host.path("root"),
  });
  const certificates = (...args: readonly string[]) =>
    host.run("certificates", args, "", environment());
  const policy = (...names: readonly string[]) =>
    host.table(
      "sqlite",
      "policy",
      `#priority,name,rule,comments,disable\n"1","root","allow",,\n${names.map((name, at) => `"1.${at + 2}","${name}","trusted",,\n`).join("")}`,
    );
  /** Another authority's, of which `files` take the place of the host's own. */
  const replace = (...files: readonly string[]) => {
    for (const file of files)
      host.execute(["cp", made.path("site", file), host.path("root", file)]);
  };

  beforeEach(() => {
    host = new FakeXcat();
    mkdirSync(host.path("root/opt/xcat/sbin"), { recursive: true });
    mkdirSync(host.path("root/var/log"), { recursive: true });
    writeFileSync(host.path("root/opt/xcat/sbin/xcatd"), "");
    host.execute(["cp", "-a", made.path("root"), host.directory]);
    policy("host1");
    host.command(
      "xcatconfig",
      `echo "xcatconfig $*" >> "$D/called"; cat > /dev/null; ${makeCertificatesScript} both "$R/etc/xcat" "$R/root/.xcat" xcatmn 90`,
    );
    host.command(
      "chtab",
      'cat > /dev/null; printf \'"%s","%s","trusted",,\\n\' "$(cut -d= -f2 <<< "$1")" "$(cut -d= -f2 <<< "$2")" >> "$D/sqlite/policy.csv"',
    );
  });
  afterEach(() => host[Symbol.dispose]());

  const SERVER = ["etc/xcat/cert/server-cred.pem", "root/.xcat/ca.pem"];
  const CLIENT = ["root/.xcat/client-cred.pem", "etc/xcat/cert/ca.pem"];
  test.each<[string, () => void]>([
    ["as xCAT made them", () => {}],
    ["all of an authority of the site's", () => replace(...SERVER, ...CLIENT)],
    ["the server's of an authority of the site's", () => replace(...SERVER)],
    [
      "without xCAT's own authority",
      () => {
        replace(...SERVER, ...CLIENT);
        host.execute(["rm", "-r", host.path("root/etc/xcat/ca")]);
      },
    ],
  ])("stay when they are valid: %s", (_, change) => {
    change();
    const before = host.read("root/etc/xcat/cert/server-cred.pem");
    expect(certificates("look")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(certificates("make")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(host.read("root/etc/xcat/cert/server-cred.pem")).toBe(before);
    expect(called()).not.toContain("xcatconfig");
  });

  test("stay when an intermediate authority is shown with them", () => {
    const script = `
      cd "$R" && mkdir ca && openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=root -keyout ca/root.key -out ca/root.pem
      openssl req -new -newkey rsa:2048 -nodes -subj /CN=between -keyout ca/mid.key -out ca/mid.csr
      openssl x509 -req -in ca/mid.csr -CA ca/root.pem -CAkey ca/root.key -CAcreateserial -out ca/mid.pem -extfile <(echo basicConstraints=CA:TRUE)
      openssl req -new -key etc/xcat/cert/server-key.pem -subj /CN=host1 -out ca/server.csr
      openssl x509 -req -in ca/server.csr -CA ca/mid.pem -CAkey ca/mid.key -CAcreateserial -out ca/server.pem
      cat ca/server.pem ca/mid.pem > etc/xcat/cert/server-cred.pem; cp ca/root.pem root/.xcat/ca.pem`;
    expect(host.execute(["bash", "-ec", script], "", environment()).code).toBe(0);
    expect(certificates("look")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("whose name xCAT does not trust any more are kept, and the name trusted", () => {
    policy("xcatmn");
    expect(certificates("make").stdout).toBe("changed: xCAT trusts host1\n");
    expect(host.read("sqlite/policy.csv")).toContain('"1.40","host1","trusted"');
    expect(certificates("make").stdout).toBe("");
  });

  test("of two authorities are told beforehand, made anew, and the next commands are given", () => {
    replace("root/.xcat/client-cred.pem");
    expect(certificates("look").stdout).toMatch(
      /^xCAT's certificates cannot be kept: \S+client-cred\.pem is not valid under \S+cert\/ca\.pem: .*service nodes and users other than root need new/,
    );
    expect(certificates("make", "--check").stdout).toContain(
      "changed: new certificates for xcatmn",
    );
    expect(called()).not.toContain("xcatconfig");
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
    host.execute(["rm", host.path("root/etc/xcat/cert/server-cred.pem")]);
    host.command("xcatconfig", "cat > /dev/null; echo done");
    const { code, stderr } = certificates("make");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^xcatconfig -c ended with 0, and \S+server-cred\.pem is missing; see /);
  });

  test("are not made anew because nobody can tell whether they are valid", () => {
    host.command("openssl", "exit 127");
    const { code, stderr } = certificates("make");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Nothing was changed.")]);
    expect(called()).not.toContain("xcatconfig");
  });

  test("are nothing to look at where xCAT is not installed yet", () => {
    host.execute(["rm", host.path("root/opt/xcat/sbin/xcatd")]);
    host.execute(["rm", "-r", host.path("root/etc")]);
    expect(certificates("look")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(host.path("called"))).toBe(false);
  });

  describe("of root, where the host that renewed them has crashed", () => {
    const home = () => host.path("HA-data/root/.xcat");
    const own = () => readFileSync(`${home()}/client-cred.pem`, "utf8");
    beforeEach(() => {
      host.execute(["rm", "-r", host.path("root/root/.xcat")]);
      mkdirSync(host.path("HA-data/root"), { recursive: true });
      host.execute(["cp", "-a", made.path("site/root/.xcat"), home()]);
      symlinkSync(home(), host.path("root/root/.xcat"));
      const scripts = host.path("root/opt/xcat/share/xcat/scripts");
      mkdirSync(scripts, { recursive: true });
      writeFileSync(
        `${scripts}/setup-local-client.sh`,
        `#!/bin/bash\nread answer\n[ "$answer" = y ] && ${makeCertificatesScript} client "$R/etc/xcat" "$2/.xcat" root 90\n`,
        { mode: 0o755 },
      );
    });

    test("are made anew under the authority that is there, and the earlier ones kept", () => {
      const before = own();
      expect(certificates("client").stdout).toMatch(/^changed: root has a new certificate, since /);
      expect(certificates("look").stdout).toBe("");
      const kept = readdirSync(host.path("HA-data/root")).filter((name) => name !== ".xcat");
      expect(kept).toHaveLength(1);
      expect(
        readFileSync(host.path("HA-data/root", kept[0] ?? "", "client-cred.pem"), "utf8"),
      ).toBe(before);
      expect(certificates("client").stdout).toBe("");
    });

    test("are left alone when xCAT's own authority is none that xcatd trusts", () => {
      const before = own();
      replace("etc/xcat/ca/ca-cert.pem", "etc/xcat/ca/private/ca-key.pem");
      const { code, stdout } = certificates("client");
      expect([code, stdout]).toEqual([0, expect.stringContaining("made none that is")]);
      expect(own()).toBe(before);
      expect(readdirSync(host.path("HA-data/root"))).toEqual([".xcat"]);
    });
  });
});
