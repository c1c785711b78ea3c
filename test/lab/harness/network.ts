import { createHash } from "node:crypto";
import { must, run } from "./command.js";
import { labHome } from "./paths.js";

/**
 * The addresses of a lab. They are the same in every lab: each lab has its own bridge in its own namespace, so
 * several stand side by side, and a snapshot of one starts in another without a change.
 */
export const ADDRESSES = {
  network: "10.77.0.0",
  prefix: 24,
  netmask: "255.255.255.0",
  control: "10.77.0.1",
  virtual: "10.77.0.10",
  /** The first host's; the others follow. */
  firstHost: 11,
} as const;

/** One host's network card: what the namespace, the card and the bridge's port are made from. */
export interface Card {
  readonly host: string;
  readonly namespace: string;
  readonly address: string;
  readonly mac: string;
}

/** The card of the lab's host at this place in the list of hosts. */
export function cardOf(labId: string, host: string, place: number): Card {
  const last = ADDRESSES.firstHost + place;
  return {
    host,
    namespace: `${namespacePrefix(labId)}${host}`,
    address: ADDRESSES.network.replace(/0$/, String(last)),
    mac: `02:00:0a:4d:00:${last.toString(16).padStart(2, "0")}`,
  };
}

/** What the names of a lab's namespaces begin with: labs of one name in two homes keep apart. */
export function namespacePrefix(labId: string): string {
  const home = createHash("sha256").update(labHome()).digest("hex").slice(0, 6);
  return `xcatha-${home}-${labId}.`;
}

/** The namespace of the bridge and of the control machine, and the cables from there to the hosts. */
export class Network {
  readonly namespace: string;

  constructor(labId: string) {
    this.namespace = `${namespacePrefix(labId)}control`;
  }

  /** Makes the bridge, with the control machine's address on it. */
  async create(): Promise<void> {
    await must(["ip", "netns", "add", this.namespace]);
    await this.#ip("link", "set", "lo", "up");
    await this.#ip("link", "add", "eth0", "type", "bridge");
    await this.#ip("address", "add", `${ADDRESSES.control}/${ADDRESSES.prefix}`, "dev", "eth0");
    await this.#ip("link", "set", "eth0", "up");
  }

  /**
   * Gives a host a fresh card, as a machine has after power on: its own address alone, and nothing that an earlier
   * run left (virtual IP, routes, connections).
   */
  async attach(card: Card): Promise<void> {
    await this.detach(card);
    await must(["ip", "netns", "add", card.namespace]);
    await this.#ip(
      "link",
      "add",
      card.host,
      "type",
      "veth",
      "peer",
      "name",
      "eth0",
      "netns",
      card.namespace,
    );
    const inside = (...args: string[]) => must(["ip", "-n", card.namespace, ...args]);
    await inside("link", "set", "lo", "up");
    await inside("link", "set", "eth0", "address", card.mac);
    await inside("address", "add", `${card.address}/${ADDRESSES.prefix}`, "dev", "eth0");
    await inside("link", "set", "eth0", "up");
    await this.#ip("link", "set", card.host, "master", "eth0");
  }

  /** Takes a host's card away, with every connection over it. */
  async detach(card: Card): Promise<void> {
    await run(["ip", "-n", this.namespace, "link", "delete", card.host]);
    await run(["ip", "netns", "delete", card.namespace]);
  }

  /** Plugs a host's cable in or pulls it; the host runs on. */
  async setCable(card: Card, state: "up" | "down"): Promise<void> {
    await this.#ip("link", "set", card.host, state);
  }

  async #ip(...args: string[]): Promise<void> {
    await must(["ip", "-n", this.namespace, ...args]);
  }
}
