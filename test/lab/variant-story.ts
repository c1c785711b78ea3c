import { expect } from "vitest";
import { inOrderOf, isPortOpen, ownersOf, resolve } from "./harness/evidence.js";
import type { Host } from "./harness/host.js";
import { createLab, type Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { AFTER, BEFORE, installHeartbeats, turnsOf } from "./heartbeat.js";
import { changesOf, modelOf, Pair, tailOf, VIRTUAL_HOSTNAME } from "./pair.js";
import { activeState, standbyState, stateOf } from "./pair-state.js";
import type { Shape } from "./shape.js";
import type { Variant } from "./variants.js";

const XCAT = "PATH=/opt/xcat/bin:/opt/xcat/sbin:$PATH XCATROOT=/opt/xcat";

/** One pair of the table, from bare hosts on. */
export class VariantStory {
  readonly host1: Host;
  readonly host2: Host;
  readonly #pair: Pair;
  readonly #watch: NodeJS.Timeout;
  #mountedOnBoth = false;

  private constructor(
    readonly variant: Variant,
    readonly lab: Lab,
  ) {
    this.host1 = lab.host("host1");
    this.host2 = lab.host("host2");
    this.#pair = new Pair(lab, variant.ansible);
    this.#watch = setInterval(() => {
      this.#mountedOnBoth ||= lab.hosts.every((host) => host.hasSharedData);
    }, 50).unref();
  }

  /** Boots the hosts and generates the playbooks. What it began is ended by what it gives to `atEnd`. */
  static async begin(variant: Variant, atEnd: (end: () => void) => void): Promise<VariantStory> {
    const lab = await createLab({ id: variant.id, sharedBy: variant.sharedBy });
    const story = new VariantStory(variant, lab);
    atEnd(() => story.#end());
    if (variant.beats) await Promise.all(lab.hosts.map(installHeartbeats));
    const more = Object.entries(variant.model).map(
      ([key, value]) => `${key}: ${JSON.stringify(value)}\n`,
    );
    await story.#pair.generate(modelOf(lab, more.join(""), variant.shared));
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
    const console = this.variant.consoles ? "cons=ipmi mgt=ipmi" : "";
    await active.ask(
      `${XCAT} mkdef -t node ${name} groups=all ip=${address} mac=${mac} ${console}`,
    );
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
    expect(await active.ask(`${XCAT} lsxcatd -d`)).toContain(`dbengine=${shape.dbengine}`);
    const listed = await active.ask(`${XCAT} nodels`);
    expect(listed.split("\n").filter(Boolean)).toEqual(nodes);
    for (const host of shape.reachedFrom === "both" ? [active, standby] : [active]) {
      expect(await shape.nodes(host), host.name).toEqual(nodes);
    }
    await this.#expectShared(active, standby);
  }

  /** The hosts that the user's own services ran on, in order: never on both at a time. */
  async expectTurns(active: Host, turns: readonly string[]): Promise<void> {
    if (!this.variant.beats) return;
    for (const unit of [BEFORE, AFTER]) expect(await turnsOf(active, unit), unit).toEqual(turns);
  }

  #end(): void {
    clearInterval(this.#watch);
    this.lab.destroy();
  }

  async #expectShared(active: Host, standby: Host): Promise<void> {
    const alone = this.variant.sharedBy === "disk";
    expect([active.hasSharedData, standby.hasSharedData]).toEqual([true, !alone]);
    expect(alone && this.#mountedOnBoth, "the disk was mounted on both hosts").toBe(false);
    if (!this.variant.beats) return;
    const order = [BEFORE, "postgresql@15-main", "xcatd", AFTER];
    const started = await inOrderOf(active, "InactiveExitTimestampMonotonic", order);
    expect(started, "order of starting").toEqual(order);
    const stopped = await inOrderOf(standby, "InactiveEnterTimestampMonotonic", order);
    expect(stopped, "order of stopping").toEqual(stopped.length === 0 ? [] : order.toReversed());
  }

  /** A console server runs only where a node has a console. */
  #shapeWith(nodes: readonly string[]): Shape {
    const { shape, consoles } = this.variant;
    if (!consoles) return shape;
    const unit = "conserver-server";
    const boot = [...shape.boot, unit];
    return nodes.length === 0
      ? { ...shape, boot, quiet: [...shape.quiet, unit] }
      : { ...shape, boot, units: [...shape.units, unit], ports: { ...shape.ports, unit: 3109 } };
  }
}
