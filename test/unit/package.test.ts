import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

interface Package {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly dependencies?: unknown;
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(`${checkout}${path}`, "utf8")) as T;

test("the package brings the bundled command and its documents, and asks for no other", () => {
  const { bin, exports, files, dependencies } = read<Package>("package.json");
  expect(dependencies).toBeUndefined();
  expect(files).toEqual(["dist", "README.md", "CHANGELOG.md", "LICENSE"]);
  expect(files.filter((file) => file !== "dist" && !existsSync(`${checkout}${file}`))).toEqual([]);
  expect(bin).toEqual({ xcatha: "dist/cli/bin.js" });
  expect(exports["./schema.json"]).toBe("./dist/model/schema.json");
});

// npm drops what a registry's mirror lacks, and `npm ci` refuses a lock file without it.
test("the lock file has the optional packages of every operating system", () => {
  const { packages } = read<Lock>("package-lock.json");
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined &&
        packages[`${path}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});
