import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { takeOut } from "../../lab/hollow.js";

const TASKS = `---
- name: "Stop xcatd"
  block:
    - name: "Stop xcatd"
      ansible.builtin.systemd_service:
        name: xcatd
        state: stopped
      register: __xcatd
      failed_when: __xcatd is failed
  rescue:
    - name: "Note the fault"
      ansible.builtin.set_fact:
        faults: 1
  environment:
    TMPDIR: /run
`;

function roleOf(tasks: string): { readonly top: string; readonly file: string } {
  const top = mkdtempSync(join(tmpdir(), "xcatha-hollow-"));
  onTestFinished(() => rmSync(top, { recursive: true }));
  mkdirSync(join(top, "roles/one/tasks"), { recursive: true });
  const file = join(top, "roles/one/tasks/main.yml");
  writeFileSync(file, tasks);
  return { top, file };
}

test("a task that is taken out does nothing, and keeps its name and its result", () => {
  const { top, file } = roleOf(TASKS);
  takeOut(top, "Stop xcatd");
  const [outer] = parse(readFileSync(file, "utf8")) as readonly Record<string, unknown>[];
  expect(outer).toMatchObject({ name: "Stop xcatd", rescue: [{ name: "Note the fault" }] });
  expect(outer?.["block"]).toEqual([
    {
      name: "Stop xcatd",
      register: "__xcatd",
      "ansible.builtin.command": { cmd: "true" },
      changed_when: false,
    },
  ]);
});

test("a line can be taken out", () => {
  const { top, file } = roleOf(TASKS);
  takeOut(top, "line:TMPDIR: /run");
  expect(readFileSync(file, "utf8")).toBe(TASKS.replace("    TMPDIR: /run\n", ""));
});

test("a step that nothing has is an error", () => {
  const { top } = roleOf(TASKS);
  expect(() => takeOut(top, "Stop named")).toThrow("is called: Stop named");
});
