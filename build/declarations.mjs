import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

const compilerOptions = { isolatedDeclarations: true, declaration: true, target: "ES2022" };

/** Relative imports of a declaration, as paths of modules below `src` without an ending. */
const importsOf = (path, text) =>
  [...text.matchAll(/from "(\.[^"]+)\.js"/g)].map(([, name]) =>
    normalize(join(dirname(path), name)),
  );

/**
 * Writes the types of a module of `src`, and of all that they name, below `dist`. No types are checked, which takes
 * seconds: `npm run typecheck` does, and a test compiles a program that uses them.
 */
export async function declarations(entry) {
  const todo = [entry];
  const done = new Set();
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (done.has(path)) continue;
    done.add(path);
    const fileName = `src/${path}.ts`;
    const source = await readFile(fileName, "utf8");
    const { outputText, diagnostics } = ts.transpileDeclaration(source, {
      fileName,
      compilerOptions,
      reportDiagnostics: true,
    });
    if (diagnostics.length > 0)
      throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(compilerOptions)));
    const target = `dist/${path}.d.ts`;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, outputText);
    todo.push(...importsOf(path, outputText));
  }
}
