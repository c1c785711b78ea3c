import { createHash } from "node:crypto";
import { kitSettings } from "../plan/kit/settings.js";
import type { Site } from "../plan/site.js";
import { kitPrograms } from "./kit-programs.js";
import type { RenderedFile } from "./types.js";
import { yamlFile } from "./yaml-file.js";

const role = "roles/host_kit";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A value as the shell, systemd and Python's shlex read it alike. */
const quoted = (value: string): string => (/^[\w@%+:,./-]+$/.test(value) ? value : `"${value}"`);

const settingsFile = (site: Site, header: string): RenderedFile => ({
  path: `${role}/templates/host.conf.j2`,
  text: `${header}# What the programs in /usr/local/libexec/xcatha know of this host and its pair.
${kitSettings(site)
  .map(({ key, value }) =>
    typeof value === "string"
      ? `${key}=${quoted(value)}\n`
      : `${key}={{ ${value.jinja} | string | quote }}\n`,
  )
  .join("")}`,
});

/** Checksums of the programs, as `sha256sum --check` reads them. */
const checksums = kitPrograms
  .map(({ name, text }) => `${sha256(text)}  /usr/local/libexec/xcatha/${name}\n`)
  .join("");

/** Which programs these are: the checksum of their checksums. */
export const kitDigest = sha256(checksums);

/** What the role host_kit has beside its tasks: the programs, their checksums and the settings. */
export const kitFiles = (site: Site, header: string): readonly RenderedFile[] => [
  ...kitPrograms.map(({ name, text }) => ({ path: `${role}/files/libexec/${name}`, text })),
  { path: `${role}/files/kit.sha256`, text: checksums },
  settingsFile(site, header),
  yamlFile(`${role}/vars/main.yml`, header, { host_kit_digest: kitDigest }),
];
