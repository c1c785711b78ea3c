/** Longest hostname that Linux takes (HOST_NAME_MAX). */
const longestHostname = 64;
const longestLabel = 63;
const longestDomain = 253;

function labelsProblem(name: string, longest: number): string | undefined {
  const labels = name.split(".");
  if (name.length > longest) return `it has ${name.length} characters, and ${longest} are the most`;
  if (labels.some((label) => label === "")) return "it has an empty part";
  const long = labels.find((label) => label.length > longestLabel);
  if (long !== undefined)
    return `a part of it has ${long.length} characters, and ${longestLabel} are the most`;
  if (!/^[A-Za-z0-9.-]+$/.test(name))
    return "only letters, digits, dashes and dots may stand in it";
  if (labels.some((label) => label.startsWith("-") || label.endsWith("-")))
    return "a part begins or ends with a dash";
  if (/^[0-9]+$/.test(labels.at(-1) ?? "")) return "it ends in a number, as an address does";
  return undefined;
}

/** Why a name can be no host's (RFC 1123, and Linux's limit); undefined if it can. */
export function hostnameProblem(name: string): string | undefined {
  if (name.toLowerCase().split(".", 1)[0] === "localhost") return "every machine calls itself so";
  return labelsProblem(name, longestHostname);
}

/** Why a name can be no DNS domain; undefined if it can. */
export const domainProblem = (name: string): string | undefined =>
  labelsProblem(name, longestDomain);

/** The part before the first dot, in lower case. */
export const shortName = (hostname: string): string =>
  (hostname.split(".", 1)[0] ?? hostname).toLowerCase();

/** The part after the first dot; undefined if there is none. */
export function domainOf(hostname: string): string | undefined {
  const dot = hostname.indexOf(".");
  return dot < 0 ? undefined : hostname.slice(dot + 1);
}

/** The name of a pair that its model does not name: the virtual hostname's first label as an Ansible group. */
export const pairNameFrom = (virtualHostname: string): string =>
  shortName(virtualHostname)
    .replaceAll("-", "_")
    .replace(/^([0-9])/, "_$1");

/** What tells the names in further networks apart: the NIC's name, with the network's number where it stands twice. */
export function networkSuffixes(nics: readonly string[]): readonly string[] {
  const plain = nics.map((nic) =>
    nic
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replace(/-$/, ""),
  );
  return plain.map((suffix, index) =>
    plain.indexOf(suffix) === index ? suffix : `${suffix}-${index + 2}`,
  );
}

/** A name for an address in one more network, as xCAT makes it of a node's NIC: hamn-ib0, in the same domain. */
export const networkName = (hostname: string, suffix: string): string =>
  hostname.replace(/^[^.]*/, (label) => `${label}-${suffix}`);
