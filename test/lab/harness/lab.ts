import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./command.js";
import { Control } from "./control.js";
import { Disk } from "./disk.js";
import { removeAtExit } from "./exit.js";
import { Host } from "./host.js";
import { Lun } from "./lun.js";
import { cardOf, Network } from "./network.js";
import { labDirectory, type RootName, repositoryDirectory } from "./paths.js";
import { LabRecord } from "./record.js";
import { removeLab } from "./removal.js";
import { restoreSnapshot, type Snapshot } from "./snapshot.js";

/** What a lab looks like. */
export interface LabOptions {
  /** Short, of letters, digits and dashes; labs with different names run side by side. */
  readonly id: string;
  readonly hosts?: readonly string[];
  /** What the hosts boot from: bare Debian, the same with the service packages installed, or EL's layout. */
  readonly root?: Exclude<RootName, "lint">;
  /** Where the hosts see the shared data. */
  readonly sharedPath?: string;
  /** Whether the shared data is a directory that all hosts have mounted, or a disk that one may mount at a time. */
  readonly sharedBy?: "directory" | "disk";
  /** Hosts whose disk is so small, as `400M`: its content is kept in memory. */
  readonly diskSizes?: Readonly<Record<string, string>>;
  /** Start from what another lab was saved as; it then says the hosts, the root and the path. */
  readonly snapshot?: Snapshot;
}

/** Booted hosts, a control machine, the network between them, and a directory that all hosts share. */
export class Lab {
  readonly id: string;
  readonly shape: Required<Pick<LabOptions, "hosts" | "root" | "sharedPath" | "sharedBy">>;
  readonly network: Network;
  readonly control: Control;
  readonly hosts: readonly Host[];
  readonly #disks: readonly Disk[];
  readonly #lun: Lun | undefined;

  constructor(options: LabOptions) {
    this.id = options.id;
    this.shape = {
      hosts: options.hosts ?? ["host1", "host2"],
      root: options.root ?? "host",
      sharedPath: options.sharedPath ?? "/HA-data",
      sharedBy: options.sharedBy ?? "directory",
      ...options.snapshot?.shape,
    };
    const { hosts, root, sharedPath, sharedBy } = this.shape;
    if (sharedBy === "disk") this.#lun = new Lun(join(this.sharedDirectory, "lun.img"));
    this.network = new Network(this.id);
    this.control = new Control(join(this.directory, "control"), this.network.namespace);
    this.#disks = hosts.map((name) => {
      return new Disk(join(this.directory, "hosts", name), root, options.diskSizes?.[name]);
    });
    const record = new LabRecord(this.directory);
    this.hosts = this.#disks.map((disk, place) => {
      const card = cardOf(this.id, hosts[place] ?? "", place);
      return new Host({
        card,
        network: this.network,
        disk,
        shared: { directory: this.sharedDirectory, path: sharedPath, lun: this.#lun },
        repository: this.#repository,
        console: join(this.directory, `${card.host}.console.log`),
        onSpawn: (supervisor) => record.add(supervisor),
      });
    });
  }

  get directory(): string {
    return labDirectory(this.id);
  }

  /** The shared data, as seen from outside. */
  get sharedDirectory(): string {
    return join(this.directory, "shared");
  }

  get #repository(): string {
    return join(this.directory, "repository");
  }

  /** A host by its name. */
  host(name: string): Host {
    const host = this.hosts.find((candidate) => candidate.name === name);
    if (host === undefined) throw new Error(`no host ${name} in the lab ${this.id}`);
    return host;
  }

  /** Makes everything and boots the hosts. */
  async start(snapshot: Snapshot | undefined): Promise<void> {
    await mkdir(this.sharedDirectory, { recursive: true });
    // Links to the packages: the hosts keep them when prepare.sh makes the repository anew.
    await must([
      "cp",
      "--archive",
      "--link",
      repositoryDirectory(this.shape.root),
      this.#repository,
    ]);
    await Promise.all(this.#disks.map((disk) => disk.prepare()));
    if (snapshot !== undefined) await restoreSnapshot(snapshot, this.directory);
    await this.#lun?.create();
    await Promise.all(this.#disks.map((disk) => disk.mount()));
    await this.control.ssh.create(new Map(this.hosts.map((host) => [host.name, host.address])));
    if (snapshot === undefined) await this.#introduce();
    await this.network.create();
    await Promise.all(this.hosts.map((host) => host.boot()));
  }

  /** Ends the lab and deletes its files, unless XCATHA_LAB_KEEP=1 asks to keep it for a look inside. */
  destroy(): void {
    if (process.env["XCATHA_LAB_KEEP"] !== "1") removeLab(this.id);
  }

  async #introduce(): Promise<void> {
    const key = await this.control.ssh.publicKey();
    for (const host of this.hosts) {
      await this.control.ssh.know([host.name, host.address], await host.seed(key));
    }
  }
}

/** Makes and boots a lab. A lab of that name which nobody owns any more is removed first. */
export async function createLab(options: LabOptions): Promise<Lab> {
  if (process.getuid?.() !== 0) {
    throw new Error("the lab needs root: it makes network namespaces, mounts and booted hosts");
  }
  if (!/^[a-z0-9-]{1,20}$/.test(options.id)) throw new Error(`not a lab's name: ${options.id}`);
  const record = new LabRecord(labDirectory(options.id));
  const owner = record.otherOwner();
  if (owner !== undefined) {
    throw new Error(`the lab ${options.id} is in use by process ${owner.pid}`);
  }
  removeLab(options.id);
  record.open();
  const lab = new Lab(options);
  removeAtExit(lab);
  try {
    await lab.start(options.snapshot);
  } catch (error) {
    lab.destroy();
    throw error;
  }
  return lab;
}
