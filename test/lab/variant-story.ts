import { expect } from "vitest";
import { xcat } from "./earlier.js";
import { commandLinesIn } from "./harness/command-lines.js";
import { inOrderOf, isPortOpen, ownersOf, resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { AFTER, BEFORE, installHeartbeats, turnsOf } from "./heartbeat.js";
import { changesOf, DATABASE_PASSWORD, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { activeState, standbyState, stateOf } from "./pair-state.js";
import { flavours, type Shape, shapeOf } from "./shape.js";
import { variantModel } from "./variant-model.js";
import type { Variant } from "./variants.js";

/** One pair of the table, from bare hosts on. */
export class VariantStory {
  readonly host1: Host;
  readonly host2: Host;
  readonly #pair: Pair;
  readonly #watch: NodeJS.Timeout;
  /** What was seen, at whatever time, that may never be. */
  readonly #seen = new Set<string>();

  private constructor(
    readonly variant: Variant,
    readonly lab: Lab,
  ) {
    this.host1 = lab.host("host1");
    this.host2 = lab.host("host2");
    this.#pair = new Pair(lab, variant.ansible);
    this.#watch = setInterval(() => this.#look(), 100).unref();
  }

  /** Boots the hosts and generates the playbooks. What it began is ended by what it gives to `atEnd`. */
  static async begin(variant: Variant, atEnd: (end: () => void) => void): Promise<VariantStory> {
    const { root } = flavours[variant.flavour];
    const lab = await createLab({ id: variant.id, root, sharedBy: variant.sharedBy });
    const story = new VariantStory(variant, lab);
    atEnd(() => story.#end());
    if (variant.services) await Promise.all(lab.hosts.map(installHeartbeats));
    await story.#pair.generate(variantModel(lab, variant));
    return story;
  }

  /** Runs a playbook that has to succeed; gives what it printed. */
  async play(playbook: string): Promise<string> {
    const run = await this.#pair.run(playbook);
    expect(run.code, tailOf(run)).toBe(0);
    return run.stdout;
  }

  /** Runs a playbook that has to succeed; gives how many changes each host saw. */
  async changes(playbook: string): Promise<Readonly<Record<string, number>>> {
    const run = await this.#pair.run(playbook);
    expect(run.code, tailOf(run)).toBe(0);
    return changesOf(run);
  }

  /** Defines a node through xCAT. */
  async addNode(active: Host, name: string, address: string): Promise<void> {
    const mac = `02:00:00:00:01:${address.slice(-2)}`;
    const console = this.variant.console === "none" ? "" : "cons=ipmi mgt=ipmi";
    const attributes = `groups=all ip=${address} mac=${mac} ${console}`;
    await xcat(active, `mkdef -t node ${name} ${attributes}`);
  }

  /** Who is active, who is standby, what each serves, and the nodes that are there. */
  async expectPair(active: Host, standby: Host, nodes: readonly string[]): Promise<void> {
    const shape = this.#shapeWith(nodes);
    expect(await stateOf(active, shape)).toEqual(activeState(active, shape));
    expect(await stateOf(standby, shape)).toEqual(standbyState(standby, shape));
    expect(await ownersOf(this.lab)).toEqual([active.name]);
    for (const [service, port] of Object.entries(shape.ports)) {
      expect(await isPortOpen(this.lab, ADDRESSES.virtual, port), service).toBe(true);
    }
    const answer = await resolve(this.lab, ADDRESSES.virtual, VIRTUAL_HOSTNAME);
    expect(answer).toEqual([ADDRESSES.virtual]);
    expect(await xcat(active, "lsxcatd -d")).toContain(`dbengine=${shape.dbengine}`);
    const listed = await xcat(active, "nodels");
    expect(listed.split("\n").filter(Boolean)).toEqual(nodes);
    for (const host of shape.reachedFrom === "both" ? [active, standby] : [active]) {
      expect(await shape.nodes(host), host.name).toEqual(nodes);
    }
    if (shape.known !== undefined) {
      expect(await active.ask(shape.known.ask), active.name).toBe(shape.known.answer);
    }
    if (shape.tells && nodes.length > 0) {
      const reserved = await xcat(active, `makedhcp -q ${nodes.join(",")}`);
      expect(reserved.match(/^[^:]+(?=: ip-address = 10\.77\.0\.5)/gm)).toEqual(nodes);
    }
    await this.#expectShared(active, standby);
    await this.#expectOrder(active, standby);
    expect([...this.#seen]).toEqual([]);
  }

  /** The hosts that the user's own services ran on, in order: never on both at a time. */
  async expectTurns(active: Host, turns: readonly string[]): Promise<void> {
    if (!this.variant.services) return;
    for (const unit of [BEFORE, AFTER]) expect(await turnsOf(active, unit), unit).toEqual(turns);
  }

  #look(): void {
    const { sharedBy, id } = this.variant;
    if (sharedBy === "disk" && this.lab.hosts.every((host) => host.hasSharedData)) {
      this.#seen.add("the disk is mounted on both hosts");
    }
    for (const line of commandLinesIn(id)) {
      if (line.includes(DATABASE_PASSWORD)) this.#seen.add(`a password in sight: ${line}`);
    }
  }

  #end(): void {
    clearInterval(this.#watch);
    this.lab.destroy();
  }

  async #expectShared(active: Host, standby: Host): Promise<void> {
    const alone = this.variant.sharedBy === "disk";
    expect([active.hasSharedData, standby.hasSharedData]).toEqual([true, !alone]);
  }

  async #expectOrder(active: Host, standby: Host): Promise<void> {
    const { order } = shapeOf(this.variant);
    const started = await inOrderOf(active, "InactiveExitTimestampMonotonic", order);
    expect(started, "order of starting").toEqual(order);
    const stopped = await inOrderOf(standby, "InactiveEnterTimestampMonotonic", order);
    expect(stopped, "order of stopping").toEqual(stopped.length === 0 ? [] : order.toReversed());
  }

  #shapeWith(nodes: readonly string[]): Shape {
    const shape = shapeOf(this.variant);
    const { withConsoles, units, quiet } = shape;
    return nodes.length === 0
      ? { ...shape, quiet: [...quiet, ...withConsoles] }
      : { ...shape, units: [...units, ...withConsoles] };
  }
}
