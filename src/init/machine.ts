import { readFileSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";

/** An IPv4 address of this machine. */
export interface OwnAddress {
  readonly nic: string;
  readonly address: string;
  readonly netmask: string;
}

/** A line of /etc/hosts, and this machine itself. */
export interface KnownHost {
  readonly name: string;
  readonly address: string;
}

/** What can be seen of this machine, which may be one of the hosts, or has them in its /etc/hosts. */
export interface Machine {
  readonly name: string;
  readonly addresses: readonly OwnAddress[];
  readonly hosts: readonly KnownHost[];
  /** The fields of /etc/os-release. */
  readonly osRelease: Readonly<Record<string, string>>;
  /** Where file systems are mounted that other machines reach too. */
  readonly sharedMounts: readonly string[];
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

/** Lines of /etc/hosts with an IPv4 address that is not this machine's loopback. */
export const parseHosts = (text: string): readonly KnownHost[] =>
  text.split("\n").flatMap((line) => {
    const [address = "", name] = line.replace(/#.*/, "").trim().split(/\s+/);
    const wanted = /^\d+\.\d+\.\d+\.\d+$/.test(address) && !address.startsWith("127.");
    return wanted && name !== undefined ? [{ name, address }] : [];
  });

export const parseOsRelease = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=["']?(.*?)["']?$/gm)].map(([, key = "", value = ""]) => [
      key,
      value,
    ]),
  );

const sharedTypes = /^(nfs4?|gpfs|lustre|ceph|fuse\.(ceph|glusterfs)|beegfs|ocfs2|gfs2)$/;

/** Mount points of /proc/mounts whose file system is one that several machines reach. */
export const parseMounts = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => {
    const [, point, type = ""] = line.split(" ");
    return point !== undefined && sharedTypes.test(type) && !point.includes("\\") ? [point] : [];
  });

const ownAddresses = (): readonly OwnAddress[] =>
  Object.entries(networkInterfaces()).flatMap(([nic, all = []]) =>
    all
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .map(({ address, netmask }) => ({ nic, address, netmask })),
  );

/** Looks at this machine. What cannot be read is as if it were not there. */
export const seeMachine = (): Machine => ({
  name: hostname(),
  addresses: ownAddresses(),
  hosts: parseHosts(readText("/etc/hosts")),
  osRelease: parseOsRelease(readText("/etc/os-release")),
  sharedMounts: parseMounts(readText("/proc/self/mounts")),
});
