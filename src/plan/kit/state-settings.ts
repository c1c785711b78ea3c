import type { Site } from "../site.js";
import { kitSettings, type Setting } from "./settings.js";

/** Settings that the program `state` and its modules read: the same on both hosts, so one host may ask the other. */
const keys: ReadonlySet<string> = new Set([
  "VIRTUAL_ADDRESS",
  "DOMAIN",
  "NAMES_KEPT",
  "SHARED",
  "METHOD",
  "LINKS",
  "FILES",
  "PORTS",
  "UNITS",
  "BOOT_UNITS",
  "DATABASE",
  "DATABASE_UNIT",
  "DATABASE_PORT",
  "DATABASE_DIRECTORY",
  "DNS_UNIT",
  "DHCP_UNIT",
  "CONSOLE_UNIT",
  "HTTP_UNIT",
  "NFS_UNIT",
  "PACKAGE_MANAGER",
  "XCAT_PACKAGE",
  "PACKAGES",
  "DUMPS",
]);

/** What a host is asked with, when it may have no settings of its own yet. */
export const stateSettings = (site: Site): readonly Setting[] =>
  kitSettings(site).filter(({ key }) => keys.has(key.replace(/_[0-9]$/, "")));

/** Modules that `state` imports, in the order of their imports. */
export const stateModules = [
  "kit",
  "boot_addresses",
  "credentials",
  "resolv",
  "networks",
  "pair",
  "interfaces",
  "masters",
  "rewriting",
  "xcatdb",
  "mentions",
  "processes",
  "mounts",
  "carried_files",
  "exports",
  "firewall",
  "earlier",
  "questions",
  "service_nodes",
  "services",
] as const;
