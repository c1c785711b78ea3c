import { afterEach, describe, expect, test } from "vitest";
import { programsFolder, Sandbox } from "./program.js";

describe("what the kit's programs share", () => {
  let sandbox: Sandbox | undefined;
  afterEach(() => sandbox?.[Symbol.dispose]());

  const python = (code: string, input = "") => {
    sandbox = new Sandbox({ HOST: "host1", LINKS: "/install /etc/xcat", DEVICE: "" });
    const program = `import sys; sys.path.insert(0, ${JSON.stringify(programsFolder)})\nimport kit\n${code}`;
    return sandbox.execute(["python3", "-c", program], input);
  };

  test("settings are read as the shell reads them", () => {
    const { stdout } = python(
      "s = kit.settings(); print(s['HOST'], s['LINKS'].split(), [s['DEVICE']])",
    );
    expect(stdout).toBe("host1 ['/install', '/etc/xcat'] ['']\n");
  });

  test("settings that are not there are a sentence, not a traceback", () => {
    const { code, stderr } = python("kit.main(lambda: kit.settings('/nowhere'))");
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^The settings of this host cannot be read: \/nowhere: .*setup\.yml\.\n$/,
    );
  });

  test("a command gets no standard input that was not meant for it", () => {
    const { stdout } = python("print([kit.run('cat', timeout=5).out])", "a line of the caller's\n");
    expect(stdout).toBe("['']\n");
  });

  test("a command that does not end is given up, and told from one that fails", () => {
    const { stdout } = python(
      "print(kit.run('sleep', '60', timeout=0.2).timed_out, kit.run('false', timeout=5).timed_out)",
    );
    expect(stdout).toBe("True False\n");
  });
});
