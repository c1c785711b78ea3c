import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleNames } from "../golden/examples.js";
import { must } from "../lab/harness/command.js";
import { checkoutDirectory } from "../lab/harness/paths.js";

// The pictures of the runbooks, drawn as a reader's browser draws them.
// XCATHA_PICTURES=DIR keeps them there, to look at.

const { XCATHA_PICTURES: kept } = process.env;
const mermaid = join(
  createRequire(import.meta.url).resolve("mermaid/package.json"),
  "../dist/mermaid.min.js",
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "xcatha-mermaid-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picturesOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);

/** A page that draws each picture, and says what hindered it. */
const page = (pictures: readonly string[]): string => `<!doctype html><meta charset="utf-8">
<style>body{font-family:sans-serif;background:#fff;width:1200px}</style>
<div id="pictures"></div>
<script src="file://${mermaid}"></script>
<script>
const pictures = ${JSON.stringify(pictures).replaceAll("<", "\\u003c")};
mermaid.initialize({ startOnLoad: false, theme: "default" });
(async () => {
  for (const [index, code] of pictures.entries()) {
    const place = document.createElement("section");
    document.getElementById("pictures").append(place);
    try {
      const { svg } = await mermaid.render("picture" + index, code);
      place.innerHTML = svg;
      place.className = "drawn";
    } catch (error) {
      place.className = "failed";
      place.textContent = String(error);
    }
  }
  document.title = "done";
})();
</script>`;

/** Opens the page in a browser of its own; gives the document as it is once all is drawn. */
async function draw(name: string, pictures: readonly string[]): Promise<string> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, page(pictures));
  const browse = (...words: string[]) =>
    must(
      [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--allow-file-access-from-files",
        "--virtual-time-budget=60000",
        `--user-data-dir=${join(folder, `${name}-profile`)}`,
        ...words,
        `file://${file}`,
      ],
      { timeoutSeconds: 120 },
    );
  if (kept) await browse(`--screenshot=${join(kept, `${name}.png`)}`, "--window-size=1300,4200");
  return browse("--dump-dom");
}

describe.each(exampleNames)("the runbook of %s", (example) => {
  test("has pictures that a browser draws, with every host and every step in them", async () => {
    const text = readFileSync(join(checkoutDirectory(), "generated", example, "README.md"), "utf8");
    const pictures = picturesOf(text);
    expect(pictures.length).toBe(3);
    const drawn = await draw(example, pictures);
    expect(drawn).not.toMatch(/class="failed"|Syntax error in text/);
    expect(drawn.match(/class="drawn"/g)?.length).toBe(pictures.length);
    const words = drawn.replaceAll("&amp;", "&").replaceAll(/<[^>]*>/g, " ");
    for (const [, message = ""] of pictures.join("").matchAll(/->>h\d: (.*)/g))
      expect(words).toContain(
        message.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
      );
    for (const [, host = ""] of pictures.join("").matchAll(/participant h\d as (.*)/g))
      expect(words).toContain(host);
  });
});

test("a picture that is none is noticed", async () => {
  expect(await draw("broken", ["sequenceDiagram\n  a->>: b\n  end\n"])).toMatch(/class="failed"/);
});
