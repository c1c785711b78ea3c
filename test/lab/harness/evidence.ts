import type { Host } from "./host.js";
import type { Lab } from "./lab.js";
import { ADDRESSES } from "./network.js";

// What the kernel, systemd and the network themselves say, past Ansible and past xCAT.

/** The IPv4 addresses on the host's network card. */
export async function addressesOf(host: Host): Promise<readonly string[]> {
  const text = await host.ask("ip -o -4 address show dev eth0");
  return [...text.matchAll(/ inet ([\d.]+)\//g)].map(([, address = ""]) => address);
}

/** What systemd says of a unit: active, inactive, failed, activating … */
export async function activityOf(host: Host, unit: string): Promise<string> {
  return (await host.exec(`systemctl is-active '${unit}'`)).stdout.trim();
}

/** The units for which systemd has such a time, a property that ends with TimestampMonotonic, in the order of the times. */
export async function inOrderOf(
  host: Host,
  property: string,
  units: readonly string[],
): Promise<readonly string[]> {
  const ask = async (unit: string) =>
    [unit, Number(await host.ask(`systemctl show --value -p ${property} '${unit}'`))] as const;
  const times = (await Promise.all(units.map(ask))).filter(([, time]) => time > 0);
  return times.sort(([, a], [, b]) => a - b).map(([unit]) => unit);
}

/** Whether a unit, native or SysV, starts at boot: enabled, disabled, masked, static … or not-found. */
export async function bootSettingOf(host: Host, unit: string): Promise<string> {
  const { stdout } = await host.exec(`systemctl is-enabled '${unit}' 2>/dev/null`);
  return stdout.trim() || "not-found";
}

/** The hostname that the kernel has now. */
export function hostnameOf(host: Host): Promise<string> {
  return host.ask("uname -n");
}

/** Where a symbolic link points, or undefined when there is none at that path. */
export async function linkTarget(host: Host, path: string): Promise<string | undefined> {
  const { code, stdout } = await host.exec(`readlink '${path}'`);
  return code === 0 ? stdout.trimEnd() : undefined;
}

/** The directory of the shared data that is bind-mounted at a path, or undefined when nothing is mounted there. */
export async function boundTo(host: Host, path: string): Promise<string | undefined> {
  const topOf = async (place: string) => {
    const found = await host.exec(`findmnt --noheadings --output FSROOT --mountpoint '${place}'`);
    return found.code === 0 ? found.stdout.trimEnd().replace(/\/$/, "") : undefined;
  };
  const [shared, top] = await Promise.all([host.sharedPath, path].map(topOf));
  if (top === undefined) return undefined;
  return shared !== undefined && top.startsWith(shared)
    ? host.sharedPath + top.slice(shared.length)
    : top;
}

/** The names in a directory, or undefined when there is no such directory. */
export async function entriesOf(host: Host, path: string): Promise<readonly string[] | undefined> {
  const { code, stdout } = await host.exec(`ls -A '${path}'`);
  return code === 0 ? stdout.split("\n").filter(Boolean) : undefined;
}

/** The rows of a query that the database server on this host answers, a line each, columns parted by `|`. */
export async function postgresRows(
  host: Host,
  query: string,
  database = "xcatdb",
): Promise<readonly string[]> {
  const psql = `runuser -u postgres -- psql -X -A -t -d '${database}' -v ON_ERROR_STOP=1`;
  const text = await host.ask(`cd / && ${psql}`, { input: query });
  return text.split("\n").filter(Boolean);
}

/** Every host that claims an address when asked by ARP: none, one, or a conflict. */
export async function ownersOf(lab: Lab, address: string = ADDRESSES.virtual): Promise<string[]> {
  const probe = ["arping", "-c", "2", "-w", "2", "-I", "eth0", address];
  const { stdout } = await lab.control.onNetwork(probe);
  const macs = new Set([...stdout.matchAll(/\[([0-9A-F:]{17})\]/g)].map(([, mac = ""]) => mac));
  const nameOf = (mac: string) =>
    lab.hosts.find((host) => host.mac.toUpperCase() === mac)?.name ?? mac;
  return [...macs].map(nameOf).sort();
}

/** Whether a TCP port takes connections from the network. */
export async function isPortOpen(lab: Lab, address: string, port: number): Promise<boolean> {
  const probe = ["timeout", "2", "bash", "-c", `exec 3<>/dev/tcp/${address}/${port}`];
  return (await lab.control.onNetwork(probe)).code === 0;
}

/** What a DNS server answers to a question, a line each. */
export async function resolve(
  lab: Lab,
  server: string,
  ...question: readonly string[]
): Promise<readonly string[]> {
  const dig = ["dig", "+short", "+time=1", "+tries=2", `@${server}`, ...question];
  const { code, stdout } = await lab.control.onNetwork(dig);
  return code === 0 ? stdout.split("\n").filter(Boolean) : [];
}
