import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { getPlatform, platforms } from "../../../src/catalog/index.js";
import type { DatabaseEngine, Platform, Service } from "../../../src/catalog/types.js";
import { isWithin, xcatDirectories } from "../../../src/model/directories.js";
import { type PlatformName, platformNames } from "../../../src/model/types.js";

const unitName = /^[a-z0-9][a-z0-9_-]*(@[a-z0-9_-]+)?$/;
const wrapperName = /^[a-z0-9][a-z0-9_-]*(@[a-z0-9_-]+)?(\.socket|\.timer|\.path)?$/;
const packageName = /^[A-Za-z0-9][A-Za-z0-9.+_-]*$/;
const absolutePath = /^(\/[A-Za-z0-9._-]+)+$/;

const databasesOf = (platform: Platform): readonly DatabaseEngine[] =>
  Object.values(platform.databases);

const servicesOf = (platform: Platform): readonly Service[] => [
  ...databasesOf(platform),
  ...Object.values(platform.dhcp),
  ...Object.values(platform.console),
  platform.dns,
  platform.ntp,
  platform.http,
  platform.nfs,
  platform.tftp,
];

const duplicates = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

/** Paths of `value` that are undefined, blank or an empty list, except lists that may be empty. */
const blanks = (value: unknown, path: string): readonly string[] => {
  if (typeof value === "string") return value.trim() === value && value !== "" ? [] : [path];
  if (Array.isArray(value)) {
    if (value.length === 0) return path.endsWith(".also") ? [] : [path];
    return value.flatMap((item, index) => blanks(item, `${path}[${index}]`));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return entries.length === 0
      ? [path]
      : entries.flatMap(([key, item]) => blanks(item, `${path}.${key}`));
  }
  return value === undefined ? [path] : [];
};

const inside = (path: string, directory: string): boolean =>
  path !== directory && isWithin(path, directory);

describe("the catalog as a whole", () => {
  test("has each platform under its own name, once, in the order of the model", () => {
    expect(platforms.map((platform) => platform.name)).toEqual(platformNames);
    for (const name of platformNames) expect(getPlatform(name).name).toBe(name);
  });

  test("has one file for each platform and no file that nothing registers", async () => {
    const folder = new URL("../../../src/catalog/platforms/", import.meta.url);
    const files = readdirSync(folder).sort();
    expect(files).toEqual(platformNames.map((name) => `${name}.ts`).sort());
    for (const file of files) {
      const exported: Record<string, unknown> = await import(new URL(file, folder).href);
      const name = file.replace(/\.ts$/, "") as PlatformName;
      expect(Object.keys(exported)).toEqual([name]);
      expect(exported[name]).toBe(getPlatform(name));
    }
  });

  test("tells the platforms apart by /etc/os-release", () => {
    const claims = platforms.flatMap((platform) =>
      platform.osRelease.ids.map((id) => ({ id, version: platform.osRelease.version })),
    );
    for (const [index, claim] of claims.entries()) {
      const rivals = claims
        .slice(index + 1)
        .filter(
          (other) =>
            other.id === claim.id &&
            (other.version.startsWith(claim.version) || claim.version.startsWith(other.version)),
        );
      expect(rivals).toEqual([]);
    }
  });

  test("names no title twice", () => {
    expect(duplicates(platforms.map((platform) => platform.title))).toEqual([]);
  });
});

describe.each(platforms)("$name", (platform) => {
  const services = servicesOf(platform);

  test("leaves nothing blank", () => {
    expect(blanks(platform, platform.name)).toEqual([]);
  });

  test("names units without .service, and sockets with their suffix", () => {
    for (const service of services) {
      expect(service.unit).toMatch(unitName);
      for (const unit of service.also) expect(unit).toMatch(wrapperName);
    }
  });

  test("lets no two services claim one unit", () => {
    expect(duplicates(services.flatMap((service) => [service.unit, ...service.also]))).toEqual([]);
  });

  test("lets no two services go by one label", () => {
    expect(duplicates(services.map((service) => service.label))).toEqual([]);
  });

  test("says what a unit that cannot be enabled is started by", () => {
    for (const service of services) {
      expect(service.enableable || service.also.length > 0).toBe(true);
    }
  });

  test("names packages plausibly and each once", () => {
    const lists = [
      platform.xcatPackages,
      platform.toolPackages,
      ...services.map((service) => service.packages),
    ];
    for (const list of lists) {
      expect(duplicates(list)).toEqual([]);
      for (const name of list) expect(name).toMatch(packageName);
    }
  });

  test("has absolute paths without dots or a slash at the end", () => {
    const paths = [
      platform.ntp.configFile,
      ...databasesOf(platform).flatMap((engine) => [
        ...engine.directories,
        engine.dataDirectory,
        engine.configFile,
        ...(engine.hbaFile === null ? [] : [engine.hbaFile]),
        ...(engine.initialise === null ? [] : engine.initialise.slice(0, 1)),
      ]),
    ];
    for (const path of paths) {
      expect(path).toMatch(absolutePath);
      expect(path.split("/")).not.toContain("..");
    }
  });

  test("nests no shared directory in another", () => {
    const directories = databasesOf(platform).flatMap((engine) => engine.directories);
    expect(duplicates(directories)).toEqual([]);
    for (const outer of directories) {
      expect(directories.filter((directory) => inside(directory, outer))).toEqual([]);
    }
  });

  test("shares no directory that the default set of xCAT has already", () => {
    for (const own of xcatDirectories) {
      for (const directory of databasesOf(platform).flatMap((engine) => engine.directories)) {
        expect(isWithin(directory, own) || isWithin(own, directory)).toBe(false);
      }
    }
  });

  test("keeps each database's data inside what is shared", () => {
    for (const engine of databasesOf(platform)) {
      const { directories, dataDirectory } = engine;
      expect(directories.some((shared) => isWithin(dataDirectory, shared))).toBe(true);
    }
  });

  test("shares PostgreSQL's configuration with its data, and adds to MariaDB's", () => {
    const { postgresql, mariadb } = platform.databases;
    expect(postgresql.hbaFile).not.toBeNull();
    for (const file of [postgresql.hbaFile ?? "", postgresql.configFile]) {
      expect(postgresql.directories.some((shared) => inside(file, shared))).toBe(true);
    }
    expect(mariadb.hbaFile).toBeNull();
    expect(mariadb.configFile).toMatch(/-xcatha\.cnf$/);
  });

  test("uses each database's own port", () => {
    expect(platform.databases.postgresql.port).toBe(5432);
    expect(platform.databases.mariadb.port).toBe(3306);
  });

  test("installs xCAT's driver beside each database", () => {
    const { postgresql, mariadb } = platform.databases;
    expect(postgresql.packages.some((name) => /dbd-pg/i.test(name))).toBe(true);
    expect(mariadb.packages.some((name) => /dbd-mysql/i.test(name))).toBe(true);
  });

  test("installs the arping that detects duplicate addresses", () => {
    expect(platform.toolPackages.some((name) => /^iputils/.test(name))).toBe(true);
    expect(platform.toolPackages).not.toContain("arping");
  });

  test("defaults to what it has", () => {
    const { console, dhcp, database } = platform.defaults;
    expect(console === "none" ? undefined : platform.console[console]).toBeDefined();
    expect(dhcp === "none" ? undefined : platform.dhcp[dhcp]).toBeDefined();
    expect(database === "sqlite" ? undefined : platform.databases[database]).toBeDefined();
  });
});

describe("what the platforms are known to have", () => {
  const units = (name: PlatformName): Record<string, string> => {
    const platform = getPlatform(name);
    return {
      postgresql: platform.databases.postgresql.unit,
      dns: platform.dns.unit,
      dhcp: Object.values(platform.dhcp)
        .map((service) => service.unit)
        .join(),
      http: platform.http.unit,
      nfs: platform.nfs.unit,
      ntp: platform.ntp.unit,
      ntpFile: platform.ntp.configFile,
      console: Object.values(platform.console)
        .map((service) => service.unit)
        .join(),
    };
  };

  test.each([
    ["debian11", "postgresql@13-main", "isc-dhcp-server"],
    ["debian12", "postgresql@15-main", "isc-dhcp-server,kea-dhcp4-server"],
    ["debian13", "postgresql@17-main", "isc-dhcp-server,kea-dhcp4-server"],
  ] as const)("%s", (name, postgresql, dhcp) => {
    expect(units(name)).toEqual({
      postgresql,
      dns: "named",
      dhcp,
      http: "apache2",
      nfs: "nfs-server",
      ntp: "chrony",
      ntpFile: "/etc/chrony/chrony.conf",
      console: "goconserver,conserver-server",
    });
    expect(getPlatform(name).databases.mariadb.also).toContain("mariadb.socket");
    expect(getPlatform(name).databases.postgresql.directories).toContain("/etc/postgresql");
  });

  test("the RHEL family", () => {
    for (const name of ["el8", "el9", "el10"] as const) {
      expect(units(name)).toEqual({
        postgresql: "postgresql",
        dns: "named",
        dhcp: name === "el10" ? "kea-dhcp4" : "dhcpd",
        http: "httpd",
        nfs: "nfs-server",
        ntp: "chronyd",
        ntpFile: "/etc/chrony.conf",
        console: "goconserver",
      });
    }
  });

  test("PostgreSQL's major version in Debian's and Ubuntu's paths", () => {
    for (const [name, major] of [
      ["debian11", "13"],
      ["debian12", "15"],
      ["debian13", "17"],
      ["ubuntu22", "14"],
      ["ubuntu24", "16"],
    ] as const) {
      const engine = getPlatform(name).databases.postgresql;
      expect(engine.unit).toBe(`postgresql@${major}-main`);
      expect(engine.dataDirectory).toBe(`/var/lib/postgresql/${major}/main`);
      expect(engine.also).toEqual(["postgresql"]);
      expect(engine.enableable).toBe(false);
    }
  });

  test("the DHCP server that xCAT's automatic choice takes", () => {
    const chosen = platforms.map((platform) => [platform.name, platform.defaults.dhcp]);
    expect(Object.fromEntries(chosen)).toEqual({
      el8: "isc",
      el9: "isc",
      el10: "kea",
      sles15: "isc",
      ubuntu22: "kea",
      ubuntu24: "kea",
      debian11: "isc",
      debian12: "isc",
      debian13: "isc",
    });
  });
});
