import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { planOf } from "../../src/plan/index.js";
import { dropIns } from "../../src/plan/kit/drop-ins.js";
import { addresses, announcements, escapePath, fullName } from "../../src/plan/kit/names.js";
import { ownUnits } from "../../src/plan/kit/own-units.js";
import { partsOf } from "../../src/plan/kit/parts.js";
import type { UnitFile } from "../../src/plan/kit/types.js";
import { carriedFiles, carriesFiles, serviceOf } from "../../src/plan/site.js";
import { unitText } from "../../src/render/kit.js";
import { pairOf } from "../unit/model/models.js";
import { everyPair } from "../unit/plan/pairs.js";
import { programsFolder } from "./program.js";

const sites = everyPair.map(([name, pair]) => ({ name, ...planOf(pair) }));

/** Each set of units once. */
const distinct = [
  ...new Map(
    sites.map(({ name, site }) => {
      const files = [...ownUnits(site), ...dropIns(site)];
      const key = files
        .map((file) => file.path + unitText(file))
        .join("")
        .replaceAll(site.pair.name, "");
      return [key, { name, site, files }] as const;
    }),
  ).values(),
];

/** The worked examples, and some of the others: systemd needs a second for each. */
const verified = distinct.filter(
  ({ name }, index) => name.startsWith("generated/") || index % 17 === 0,
);

/** A folder of units as a host would have them: the kit's, and what packages bring, which does nothing. */
function folderOf(files: readonly UnitFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), "xcatha-units-"));
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    // The programs are verified as executable where they lie in the checkout.
    const text = unitText(file).replaceAll("/usr/local/libexec/xcatha/", `${programsFolder}/`);
    writeFileSync(
      path,
      text.replaceAll(/ExecStart=\/usr\/(lib|sbin)\/[^i].*/g, "ExecStart=/usr/bin/true"),
    );
  }
  for (const entry of readdirSync(folder).filter((name) => name.endsWith(".d"))) {
    const unit = entry.replace(/\.d$/, "");
    const body = unit.endsWith(".socket")
      ? "[Socket]\nListenStream=1\n"
      : "[Service]\nExecStart=/usr/bin/true\n";
    if (!existsSync(join(folder, unit))) writeFileSync(join(folder, unit), body);
  }
  for (const name of ["basic.target", "sysinit.target", "shutdown.target", "-.mount"])
    if (!existsSync(`/usr/lib/systemd/system/${name}`)) continue;
    else cpSync(`/usr/lib/systemd/system/${name}`, join(folder, name));
  return folder;
}

test("systemd finds nothing wrong with the units of any kind of pair", { timeout: 240_000 }, () => {
  expect(verified.length).toBeGreaterThan(7);
  for (const { name, files } of verified) {
    const folder = folderOf(files);
    try {
      const { stdout, stderr } = spawnSync(
        "systemd-analyze",
        [
          "verify",
          "--man=no",
          ...readdirSync(folder)
            .filter((file) => /^xcatha[^@]*$/.test(file))
            .map((file) => join(folder, file)),
        ],
        { encoding: "utf8", env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` } },
      );
      const said = `${stdout}${stderr}`
        .split("\n")
        .filter((line) => line.includes(folder) || /xcatha/.test(line));
      expect(said, name).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

const value = (file: UnitFile, key: string): readonly string[] =>
  file.unit.filter(([name]) => name === key).flatMap(([, text]) => text.split(" "));

test("every part, and every unit that packages bring, is bound to the owner and starts after it", () => {
  for (const { name, site } of sites) {
    const files = [...ownUnits(site), ...dropIns(site)].filter(
      ({ path }) => !/^xcatha-(owner|stray)/.test(path),
    );
    for (const file of files) {
      for (const key of ["BindsTo", "After"]) {
        const chain = value(file, key);
        const bound =
          chain.includes("xcatha-owner.service") ||
          chain.some((unit) => unit.startsWith("xcatha-address"));
        expect(bound, `${name}: ${file.path} ${key}`).toBe(true);
      }
    }
  }
});

test("each virtual IP has a unit and a part of its own, and all that serves is bound to every one", () => {
  const several = sites.filter(({ site }) => site.pair.further.length > 0);
  expect(several.length).toBeGreaterThan(0);
  for (const { name, site } of several) {
    const held = addresses(site.pair);
    expect(held.length, name).toBe(site.pair.further.length + 1);
    const vital = partsOf(site)
      .filter((part) => part.vital)
      .map(({ unit }) => unit);
    expect(vital, name).toEqual(expect.arrayContaining([...held]));
    const xcatd = dropIns(site).find(({ path }) => path === "xcatd.service.d/50-xcatha.conf");
    for (const key of ["BindsTo", "After"])
      expect(xcatd && value(xcatd, key), name).toEqual(expect.arrayContaining([...held]));
  }
});

test("the database is on the virtual IP and its own links, and xcatd comes after it", () => {
  for (const { name, site } of sites) {
    const of = (unit: string) =>
      dropIns(site).find(({ path }) => path === `${unit}.service.d/50-xcatha.conf`);
    const xcatd = of("xcatd");
    expect(xcatd && value(xcatd, "BindsTo"), name).toContain("xcatha-link@etc-xcat.service");
    if (site.engine === null) continue;
    const database = of(site.engine.unit);
    expect(database && value(database, "BindsTo"), name).toEqual(
      expect.arrayContaining([
        "xcatha-address.service",
        ...site.engine.directories.map((path) => `xcatha-link@${escapePath(path)}.service`),
      ]),
    );
    expect(xcatd && value(xcatd, "After"), name).toContain(`${site.engine.unit}.service`);
  }
});

test("the target wants every part, and requires none", () => {
  for (const { name, site } of sites) {
    const target = ownUnits(site).find(({ path }) => path === "xcatha.target");
    const wanted = target ? value(target, "Wants") : [];
    const parts = partsOf(site)
      .map(({ unit }) => unit)
      .filter((unit) => unit !== "xcatha-owner.service");
    expect(wanted, name).toEqual([
      ...parts,
      ...announcements(site.pair),
      ...(carriedFiles(site).length > 0 ? ["xcatha-files-kept.path"] : []),
    ]);
    expect(target && value(target, "Requires")).toEqual([]);
  }
});

test("what reads the files that go with the service starts after them, and stops before they are kept", () => {
  const seen = new Set<boolean>();
  for (const { name, site } of sites) {
    const carries = carriesFiles(site);
    seen.add(carriedFiles(site).length > 0);
    for (const { path, ...file } of dropIns(site)) {
      const reads = site.services.some(
        ({ kind, service }) =>
          !["database", "xcatd"].includes(kind) && path.startsWith(`${fullName(service.unit)}.d`),
      );
      const after = value({ path, ...file }, "After").includes("xcatha-files.service");
      expect(after, `${name}: ${path}`).toBe(carries && reads);
    }
    const watched = ownUnits(site).find(({ path }) => path === "xcatha-files-kept.path");
    expect(
      (watched?.watch ?? []).map(([, path]) => path),
      name,
    ).toEqual(carriedFiles(site));
  }
  expect(seen).toEqual(new Set([true, false]));
  const { site } = planOf(pairOf({ "/nfs": false, "/dhcp": "none" }));
  const none = [...ownUnits(site), ...dropIns(site)].filter((file) =>
    unitText(file).includes("xcatha-files"),
  );
  expect(none).toEqual([]);
});

test("what notes NFSv4's clients runs on the active host alone, and notes them on the shared data", () => {
  let noted = 0;
  for (const { name, site } of sites) {
    const tracker = dropIns(site).find(({ path }) => path.startsWith("nfsdcld.service.d"));
    const expected = serviceOf(site, "nfs")?.also.includes("nfsdcld") ?? false;
    expect(tracker !== undefined, name).toBe(expected);
    if (tracker === undefined) continue;
    noted += 1;
    expect(value(tracker, "BindsTo"), name).toContain("xcatha-owner.service");
    const starts = (tracker.service ?? []).filter(([key]) => key === "ExecStart");
    expect(starts, name).toEqual([
      ["ExecStart", ""],
      ["ExecStart", `/usr/sbin/nfsdcld --storagedir ${site.pair.shared.path}/.xcatha/nfsdcld`],
    ]);
  }
  expect(noted).toBeGreaterThan(10);
});

// What puts the address and the name back must be gone before they are given up: systemd stops in reverse.
test("what puts the virtual IP and the name back is bound to them, and stops before them", () => {
  for (const { name, site } of sites) {
    const own = ownUnits(site);
    const hold = own.find(({ path }) => path === "xcatha-hold.service");
    const [boundTo, after] = ["BindsTo", "After"].map((key) => (hold ? value(hold, key) : []));
    expect(boundTo, name).toEqual(["xcatha-owner.service", ...addresses(site.pair)]);
    const named = own.some(({ path }) => path === "xcatha-hostname.service");
    expect(after, name).toEqual([
      ...(boundTo ?? []),
      ...(named ? ["xcatha-hostname.service"] : []),
    ]);
  }
});

test.each([["/install"], ["/root/.xcat"], ["/opt/site-x"], ["/srv/a b"], ["/.hidden"], ["/srv/ü"]])(
  "a link's unit is named as systemd-escape names %s",
  (path) => {
    const { stdout } = spawnSync("systemd-escape", ["--path", path], { encoding: "utf8" });
    expect(escapePath(path)).toBe(stdout.trim());
  },
);
