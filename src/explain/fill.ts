import { kitSettings } from "../plan/kit/settings.js";
import type { Site } from "../plan/site.js";
import { hostValues, pairValues } from "../plan/variables.js";

type Values = Readonly<Record<string, unknown>>;

/** The values that a host's playbooks know without asking anybody. */
export const valuesOn = (site: Site, name: string): Values => {
  const [first, second] = site.pair.hosts;
  const [host, peer] = name === first.name ? [first, second] : [second, first];
  const peers = Object.entries(hostValues(site.pair, peer, host));
  return {
    ...Object.fromEntries(peers.map(([key, value]) => [`hostvars[xcatha_peer].${key}`, value])),
    ...pairValues(site),
    ...hostValues(site.pair, host, peer),
    inventory_hostname: host.name,
  };
};

/** Jinja's expressions of one known variable, the peer's too, become its value; the others stay as they are. */
export const fill = (text: string, values: Values): string =>
  text.replaceAll(/\{\{ *([\w.[\]]+)(?: *\| *quote)? *\}\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : String(values[name]),
  );

/** The settings of a host's kit: what units write as `${NAME}`. */
export const settingsOn = (site: Site, values: Values): Values =>
  Object.fromEntries(
    kitSettings(site).flatMap(({ key, value }) => {
      const known = typeof value === "string" ? value : values[value.jinja];
      return known === undefined ? [] : [[key, known]];
    }),
  );

/** A unit's settings become their values. */
export const fillSettings = (text: string, settings: Values): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => String(settings[name] ?? whole));
