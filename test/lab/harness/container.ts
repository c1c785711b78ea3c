import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync } from "node:fs";
import { inOwnCgroup } from "./cgroup.js";
import { poll } from "./command.js";
import { identify, isAlive, type ProcessIdentity, signal } from "./process-identity.js";

/** What a container is booted from. */
export interface ContainerOptions {
  /** Unique on this machine; its network namespace bears the same name. */
  readonly name: string;
  readonly root: string;
  /** Options as `--bind=FROM:TO`. */
  readonly binds: readonly string[];
  /** Block devices of this machine, each with the path at which the host sees it. */
  readonly devices: Readonly<Record<string, string>>;
  /** Where the console's output goes. */
  readonly console: string;
  /** Told of the supervisor as soon as it runs, so that it can be ended whatever happens next. */
  readonly onSpawn: (supervisor: ProcessIdentity) => void;
}

/** A booted container: systemd-nspawn outside, and the first process of the host inside. */
export class Container {
  readonly #supervisor: ProcessIdentity;
  readonly #leader: ProcessIdentity;

  private constructor(supervisor: ProcessIdentity, leader: ProcessIdentity) {
    this.#supervisor = supervisor;
    this.#leader = leader;
  }

  /** Starts a container; it goes on booting after this returns. */
  static async start(options: ContainerOptions): Promise<Container> {
    const console = openSync(options.console, "a");
    const [file = "", ...args] = commandLine(options);
    const child = spawn(file, args, {
      detached: true,
      stdio: ["ignore", console, console],
      // Without it /proc/sys/net is read-only inside.
      env: { ...process.env, SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network" },
    });
    child.unref();
    const supervisor = child.pid === undefined ? undefined : identify(child.pid);
    if (supervisor === undefined) throw new Error("systemd-nspawn could not be started");
    options.onSpawn(supervisor);
    const leader = await poll(`the first process of ${options.name}`, 20, () => {
      if (!isAlive(supervisor)) {
        throw new Error(`systemd-nspawn ended:\n${readFileSync(options.console, "utf8")}`);
      }
      return leaderOf(supervisor.pid);
    });
    return new Container(supervisor, leader);
  }

  /** The command line that runs a shell command inside. */
  inside(command: string): readonly string[] {
    const environment = ["HOME=/root", "LANG=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"];
    const enter = ["nsenter", "--target", String(this.#leader.pid), "--all"];
    return [...enter, "env", "-i", ...environment, "bash", "-c", command];
  }

  /** The file systems that the host has mounted, as the kernel lists them; none when it is off. */
  mountTable(): string {
    return isAlive(this.#leader) ? readFileSync(`/proc/${this.#leader.pid}/mountinfo`, "utf8") : "";
  }

  get isRunning(): boolean {
    return isAlive(this.#supervisor);
  }

  /** As when the power goes: every process inside is gone at once. */
  async kill(): Promise<void> {
    signal(this.#leader, "SIGKILL");
    await this.#ended(20);
  }

  /** As by the power button: services are stopped in order. */
  async powerOff(): Promise<void> {
    signal(this.#supervisor, "SIGTERM");
    await this.#ended(120);
  }

  async #ended(seconds: number): Promise<void> {
    await poll("the end of a container", seconds, () => (this.isRunning ? undefined : true));
  }
}

function commandLine(options: ContainerOptions): readonly string[] {
  // Where systemd rules the machine it gives the container a scope; elsewhere there is nobody to ask.
  const alone = existsSync("/run/systemd/system") ? [] : inOwnCgroup(options.name);
  const devices = Object.entries(options.devices);
  const allowed = devices.map(([device]) => `--property=DeviceAllow=${device} rwm`);
  return [
    ...alone,
    "systemd-nspawn",
    ...(alone.length > 0 ? ["--keep-unit"] : allowed),
    "--quiet",
    "--boot",
    "--register=no",
    "--resolv-conf=off",
    "--timezone=off",
    "--link-journal=no",
    "--capability=CAP_NET_ADMIN,CAP_NET_RAW,CAP_SYS_NICE,CAP_IPC_LOCK",
    `--machine=${options.name}`,
    `--directory=${options.root}`,
    `--network-namespace-path=/run/netns/${options.name}`,
    ...options.binds,
    ...devices.map(([device, path]) => `--bind=${device}:${path}`),
  ];
}

/** The child that is process 1 in a process namespace of its own. */
function leaderOf(supervisor: number): ProcessIdentity | undefined {
  const children = readFileSync(`/proc/${supervisor}/task/${supervisor}/children`, "utf8");
  for (const pid of children.split(" ").filter(Boolean).map(Number)) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      if (/^NSpid:\s+\d+\s+1$/m.test(status)) return identify(pid);
    } catch {
      // It ended between the two looks.
    }
  }
  return undefined;
}
