import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { programsFolder } from "./program.js";
import { xcatClient } from "./xcat-clients.js";

const programs = readdirSync(programsFolder).sort();

// EL 8 and SLES 15 have Python 3.6.
const PARSE = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 6))";

describe.each(programs)("the kit's %s", (name) => {
  const path = join(programsFolder, name);
  const text = readFileSync(path, "utf8");
  const [first = ""] = text.split("\n");

  test("is a program, or a module of Python that programs import", () => {
    const runs = (statSync(path).mode & 0o111) !== 0;
    if (name.endsWith(".py")) expect([first.startsWith("#!"), runs]).toEqual([false, false]);
    else
      expect([["#!/bin/bash", "#!/usr/bin/python3 -B"].includes(first), runs]).toEqual([
        true,
        true,
      ]);
  });

  test("is in the language of the oldest host", () => {
    const [command, args] = /bash/.test(first) ? ["bash", ["-n"]] : ["python3", ["-c", PARSE]];
    const { status, stderr } = spawnSync(command as string, args as string[], {
      input: text,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  // xCAT's commands read it to its end, and send it to xcatd: the rows of a loop, or a password.
  test("leaves no command the standard input", () => {
    if (name === "kit.py")
      return expect(text.match(/subprocess\.(?!DEVNULL|PIPE|Timeout)\w+/g)).toEqual([
        "subprocess.run",
      ]);
    // Its children have /dev/null for all three before they run anything.
    if (name === "questions.py") {
      expect(text.match(/os\.(fork|spawn\w*|exec\w*|system|popen)\b/g)).toEqual(["os.fork"]);
      return expect(text).toMatch(
        /os\.open\(os\.devnull, os\.O_RDWR\)\n\s+for standard in \(0, 1, 2\):\n\s+os\.dup2\(nothing, standard\)/,
      );
    }
    const python = /\bsubprocess\b|\bos\.(system|popen|exec\w*|spawn\w*|fork)\b|\bpty\b/;
    const open = /bash/.test(first)
      ? text
          .split("\n")
          .filter(
            (line) => !/^\s*#/.test(line) && xcatClient.test(line) && !/<\s*\/dev\/null/.test(line),
          )
      : text.split("\n").filter((line) => python.test(line));
    expect(open).toEqual([]);
  });

  test("has no place for a value: it reads the settings", () => {
    expect(text).not.toMatch(/\{\{|\{%/);
  });
});
