import { createHash } from "node:crypto";
import { dropIns } from "../plan/kit/drop-ins.js";
import { ownUnits } from "../plan/kit/own-units.js";
import { partsOf } from "../plan/kit/parts.js";
import { kitSettings } from "../plan/kit/settings.js";
import type { Entry, UnitFile } from "../plan/kit/types.js";
import type { Site } from "../plan/site.js";
import { kitPrograms } from "./kit-programs.js";
import type { RenderedFile } from "./types.js";
import { yamlFile } from "./yaml-file.js";

const role = "roles/host_kit";
const programs = "/usr/local/libexec/xcatha";
const units = "/etc/systemd/system";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A value as the shell, systemd and Python's shlex read it alike. */
const quoted = (value: string): string => (/^[\w@%+:,./-]+$/.test(value) ? value : `"${value}"`);

const settingsFile = (site: Site, header: string): RenderedFile => ({
  path: `${role}/templates/host.conf.j2`,
  text: `${header}# What the programs in ${programs} know of this host and its pair.
${kitSettings(site)
  .map(({ key, value }) =>
    typeof value === "string"
      ? `${key}=${quoted(value)}\n`
      : `${key}={{ ${value.jinja} | string | quote }}\n`,
  )
  .join("")}`,
});

const partsList = (site: Site): string =>
  partsOf(site)
    .map(
      ({ vital, unit, limit, makes }) => `${vital ? "vital" : "other"} ${unit} ${limit} ${makes}\n`,
    )
    .join("");

/** A unit file as text. */
export const unitText = (file: UnitFile): string => {
  const section = (name: string, entries: readonly Entry[] = []): string =>
    entries.length === 0
      ? ""
      : `\n[${name}]\n${entries.map(([key, value]) => `${key}=${value}\n`).join("")}`;
  return `# Made by xcatha.
${file.comment.map((line) => `# ${line}\n`).join("")}${section("Unit", file.unit)}${section("Service", file.service)}${section("Path", file.watch)}${section("Install", file.install)}`;
};

interface Installed {
  /** Below the role's `files`. */
  readonly source: string;
  /** On the host. */
  readonly target: string;
  readonly text: string;
}

const listOf = (files: readonly Installed[]): string =>
  files.map(({ target, text }) => `${sha256(text)}  ${target}\n`).join("");

const kitOf = (site: Site): readonly Installed[] => [
  ...[...kitPrograms, { name: "parts.list", text: partsList(site) }].map(({ name, text }) => ({
    source: `libexec/${name}`,
    target: `${programs}/${name}`,
    text,
  })),
  ...ownUnits(site).map((file) => ({
    source: `systemd/${file.path}`,
    target: `${units}/${file.path}`,
    text: unitText(file),
  })),
];

/** What the role host_kit has beside its tasks: programs, units, drop-ins, their checksums and the settings. */
export const kitFiles = (site: Site, header: string): readonly RenderedFile[] => {
  const kit = kitOf(site);
  const guard = dropIns(site).map((file) => ({
    source: `guard/${file.path}`,
    target: `${units}/${file.path}`,
    text: unitText(file),
  }));
  return [
    ...[...kit, ...guard].map(({ source, text }) => ({ path: `${role}/files/${source}`, text })),
    { path: `${role}/files/kit.sha256`, text: listOf(kit) },
    { path: `${role}/files/guard.sha256`, text: listOf(guard) },
    settingsFile(site, header),
    yamlFile(`${role}/handlers/main.yml`, header, [
      { name: "Reload systemd", "ansible.builtin.systemd_service": { daemon_reload: true } },
    ]),
  ];
};
