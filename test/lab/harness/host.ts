import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CommandOptions, type CommandResult, poll, run } from "./command.js";
import { Container } from "./container.js";
import type { Disk } from "./disk.js";
import { LUN_DEVICE, type Lun } from "./lun.js";
import type { Card, Network } from "./network.js";
import type { ProcessIdentity } from "./process-identity.js";
import { createKey } from "./ssh.js";

/** What a host is made of. */
export interface HostParts {
  readonly card: Card;
  readonly network: Network;
  readonly disk: Disk;
  /** The path at which every host sees the shared data, and the directory outside or the disk that holds it. */
  readonly shared: {
    readonly path: string;
    readonly directory: string;
    readonly lun: Lun | undefined;
  };
  /** The repositories of packages, which every host sees at /srv/xcat-repo. */
  readonly repository: string;
  readonly console: string;
  readonly onSpawn: (supervisor: ProcessIdentity) => void;
}

/** One machine of the pair: a booted system of its own on the lab's network. */
export class Host {
  readonly #parts: HostParts;
  #container: Container | undefined;
  #cable: "up" | "down" = "up";
  #device: string | undefined;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.card.host;
  }

  get address(): string {
    return this.#parts.card.address;
  }

  get mac(): string {
    return this.#parts.card.mac;
  }

  /** Where this host sees the shared data. */
  get sharedPath(): string {
    return this.#parts.shared.path;
  }

  get isRunning(): boolean {
    return this.#container?.isRunning ?? false;
  }

  /** Gives a bare disk the host's name and keys; gives the host's public key. */
  async seed(authorizedKey: string): Promise<string> {
    const root = this.#parts.disk.mountPoint;
    await writeFile(join(root, "etc/hostname"), `${this.name}\n`);
    await writeFile(join(root, "etc/hosts"), `127.0.0.1 localhost\n127.0.1.1 ${this.name}\n`);
    await writeFile(join(root, "root/.ssh/authorized_keys"), authorizedKey, { mode: 0o600 });
    await mkdir(join(root, this.sharedPath), { recursive: true });
    const key = join(root, "etc/ssh/ssh_host_ed25519_key");
    await Promise.all([key, `${key}.pub`].map((file) => rm(file, { force: true })));
    return createKey(key, this.name);
  }

  /** Whether the shared data is mounted here right now, as the kernel says. */
  get hasSharedData(): boolean {
    return this.#container?.mountTable().includes(` ${this.sharedPath} `) ?? false;
  }

  /**
   * Powers the host on, and waits until it has booted and takes ssh connections; or only until it takes them, where
   * a unit that waits for something keeps the boot from ending.
   */
  async boot(until: "booted" | "ssh" = "booted"): Promise<void> {
    if (this.isRunning) throw new Error(`${this.name} runs already`);
    const { card, network, shared, repository } = this.#parts;
    await network.attach(card);
    await network.setCable(card, this.#cable);
    this.#device ??= await shared.lun?.attach();
    this.#container = await Container.start({
      name: card.namespace,
      root: this.#parts.disk.mountPoint,
      binds: [
        ...(shared.lun ? [] : [`--bind=${shared.directory}:${shared.path}`]),
        `--bind-ro=${repository}:/srv/xcat-repo`,
      ],
      devices: this.#device === undefined ? {} : { [this.#device]: LUN_DEVICE },
      console: this.#parts.console,
      onSpawn: this.#parts.onSpawn,
    });
    await poll(`${this.name} has booted`, 90, async () => {
      const state = await this.exec("systemctl is-system-running; systemctl is-active ssh");
      const ready = until === "ssh" ? /\nactive$/m : /^(running|degraded)\nactive$/m;
      return ready.test(state.stdout) ? true : undefined;
    });
  }

  /** The power goes: no process ends in order, and no packet says so. */
  async crash(): Promise<void> {
    await this.#parts.network.setCable(this.#parts.card, "down");
    await this.#container?.kill();
    await this.#off();
  }

  /** Shuts the host down in order and leaves it off. */
  async shutDown(): Promise<void> {
    await this.#container?.powerOff();
    await this.#off();
  }

  /** Pulls the network cable; the host runs on, and stays unplugged when it is booted again. */
  async cutCable(): Promise<void> {
    this.#cable = "down";
    await this.#parts.network.setCable(this.#parts.card, "down");
  }

  /** Plugs the network cable in. */
  async plugCable(): Promise<void> {
    this.#cable = "up";
    if (this.isRunning) await this.#parts.network.setCable(this.#parts.card, "up");
  }

  /** Runs a shell command as root on the host, past the network. */
  exec(command: string, options: CommandOptions = {}): Promise<CommandResult> {
    if (this.#container === undefined) throw new Error(`${this.name} is off`);
    return run(this.#container.inside(command), options);
  }

  /** Runs a shell command that has to succeed, and gives what it printed, without the last line feed. */
  async ask(command: string, options: CommandOptions = {}): Promise<string> {
    const result = await this.exec(command, options);
    if (result.code !== 0) {
      const said = `${result.stdout}${result.stderr}`;
      throw new Error(`${this.name}: ${command}: exit code ${result.code}\n${said}`);
    }
    return result.stdout.trimEnd();
  }

  async #off(): Promise<void> {
    this.#container = undefined;
    await this.#parts.network.detach(this.#parts.card);
  }
}
