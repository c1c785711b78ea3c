import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isSeq, parseDocument, YAMLMap } from "yaml";

/** A step to take out of what is generated, to see that a test notices: its title, or `line:` and a line's text. */
export const WITHOUT = process.env["XCATHA_LAB_WITHOUT"];

/** What a task keeps when it does nothing: who reads its result finds an empty one. */
const KEPT = new Set(["name", "register", "when", "loop", "loop_control", "check_mode"]);

/** Takes a step out of the playbooks in a directory; fails when none has it. */
export function takeOut(directory: string, step: string): void {
  const line = /^line:(.*)$/s.exec(step)?.[1];
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/tasks\/)[^/]+\.yml$/.test(name))
    .map((name) => join(directory, name));
  const changed = files.filter((file) => {
    const text = readFileSync(file, "utf8");
    const less = line === undefined ? withoutTask(text, step) : withoutLine(text, line);
    if (less !== text) writeFileSync(file, less);
    return less !== text;
  });
  if (changed.length === 0) throw new Error(`nothing in ${directory} is called: ${step}`);
}

const withoutLine = (text: string, line: string): string =>
  text
    .split("\n")
    .filter((candidate) => candidate.trim() !== line.trim())
    .join("\n");

function withoutTask(text: string, title: string): string {
  const document = parseDocument(text);
  return hollow(document.contents, title) ? document.toString({ lineWidth: 0 }) : text;
}

/** Makes every task of that name do nothing, in blocks too; whether there was one. */
function hollow(node: unknown, title: string): boolean {
  if (isSeq(node)) return node.items.map((item) => hollow(item, title)).some(Boolean);
  if (!isMap(node)) return false;
  const inner = node.items.map(({ value }) => hollow(value, title)).some(Boolean);
  if (inner || node.get("name") !== title || node.has("block") || node.has("hosts")) return inner;
  const nothing = new YAMLMap();
  nothing.set("cmd", "true");
  node.items = node.items.filter(({ key }) => KEPT.has(String(key)));
  node.set("ansible.builtin.command", nothing);
  node.set("changed_when", false);
  return true;
}
