import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Sandbox } from "./program.js";

describe.each(["apt", "dnf"])(
  "files of xCAT's packages below the shared directories, by %s",
  (manager) => {
    let host: Sandbox;
    let install: string;
    let shared: string;

    const write = (path: string, text: string) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { mode: 0o755 });
    };
    const read = (...names: readonly string[]) => readFileSync(host.path(...names), "utf8");
    const run = (verb: "keep" | "apply", check = false) =>
      host.execute([
        "env",
        `XCATHA_PACKAGE_FILES=${host.path("kept")}`,
        ...["python3", "-c"],
        `import sys; sys.path.insert(0, "${host.program}"); import kit, package_files
kit.main(lambda: package_files.${verb}(kit.settings(), ${check ? "True" : "False"}))`,
      ]);
    /** The host becomes active: its own directory stands aside, and a link to the shared data is in its place. */
    const activate = () =>
      host.execute([
        "bash",
        "-c",
        `mv ${install} ${install}.aside && ln -s ${shared}${install} ${install}`,
      ]);

    beforeEach(() => {
      host = new Sandbox({});
      install = host.path("install");
      shared = host.path("HA-data");
      host.configure({ HOST: "host2", PACKAGE_MANAGER: manager, LINKS: install, SHARED: shared });
      const script = `${install}/postscripts/syslog`;
      const listing = `printf '%s\\n' ${install} ${install}/postscripts ${script} ${install}/postscripts/new /opt/xcat/sbin/xcatd`;
      const names =
        manager === "apt" ? "echo installed xcat; echo not-installed xcatsn" : "echo xCAT";
      host.command(
        manager === "apt" ? "dpkg-query" : "rpm",
        `case $1 in -W | -qa) ${names} ;; *) ${listing} ;; esac`,
      );
      write(script, "new version\n");
      write(`${install}/postscripts/new`, "came with the upgrade\n");
      write(`${install}/postscripts/mine`, "no package's\n");
      write(`${shared}${script}`, "old version\n");
      write(`${shared}${install}/postscripts/mine`, "the site's own\n");
    });
    afterEach(() => host[Symbol.dispose]());

    test("reach the shared data once the host is active, and what stood there is kept", () => {
      expect(run("keep").code).toBe(0);
      activate();
      const { code, stdout } = run("apply");
      expect(code).toBe(0);
      expect(stdout).toBe(
        `changed: ${install}/postscripts/new\nchanged: ${install}/postscripts/syslog\n`,
      );
      expect(read("install/postscripts/syslog")).toBe("new version\n");
      expect(read("install/postscripts/new")).toBe("came with the upgrade\n");
      expect(read("install/postscripts/mine")).toBe("the site's own\n");
      const [kept = ""] = readdirSync(host.path("HA-data/.xcatha/before-upgrade"));
      expect(read(`HA-data/.xcatha/before-upgrade/${kept}${install}/postscripts/syslog`)).toBe(
        "old version\n",
      );
    });

    test("are brought once: a second run changes nothing", () => {
      run("keep");
      expect(run("keep").stdout).toBe("");
      activate();
      run("apply");
      expect(run("apply").stdout).toBe("");
      expect(readdirSync(host.path("HA-data/.xcatha/before-upgrade"))).toHaveLength(1);
    });

    test("are only named by a check", () => {
      run("keep");
      activate();
      expect(run("apply", true).stdout).toContain("changed: ");
      expect(read("install/postscripts/syslog")).toBe("old version\n");
    });

    test("stay where they are on a host that is not active", () => {
      run("keep");
      const { code, stderr } = run("apply");
      expect(code).toBe(1);
      expect(stderr).toBe(
        `${install} is not the one on the shared data, so host2 is not active. Nothing was changed.\n`,
      );
    });

    test("may be links, which are brought as links", () => {
      host.execute(["rm", `${install}/postscripts/syslog`]);
      symlinkSync("new", `${install}/postscripts/syslog`);
      run("keep");
      activate();
      run("apply");
      expect(host.execute(["readlink", `${install}/postscripts/syslog`]).stdout).toBe("new\n");
    });

    test("are not there where no package of xCAT is: refused, with the host's name", () => {
      host.command(manager === "apt" ? "dpkg-query" : "rpm", "true");
      const { code, stderr } = run("keep");
      expect(code).toBe(1);
      expect(stderr).toBe("No package of xCAT is installed on host2.\n");
    });
  },
);
