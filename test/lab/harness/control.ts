import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type CommandResult, run } from "./command.js";
import { REAL_XCAT } from "./paths.js";
import { type HostRecap, parseRecap } from "./recap.js";
import { SshClient } from "./ssh.js";
import { type AnsibleVersion, ansibleEnvironment, withToolchain } from "./toolchain.js";

/** How to run a command on the control machine. */
export interface ControlOptions {
  /** The folder of generated playbooks: the working directory. */
  readonly directory: string;
  readonly ansible?: AnsibleVersion;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
  /** Gets what the command prints, as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** The longest that a playbook may take: xCAT's own commands take seconds each, and a setup took 20 minutes beside other labs. */
export const PLAYBOOK_SECONDS = REAL_XCAT === undefined ? 1200 : 3000;

/** What a run of ansible-playbook came to. */
export interface PlaybookRun extends CommandResult {
  readonly recap: ReadonlyMap<string, HostRecap>;
  readonly seconds: number;
  /** The file that holds the output, each line with the seconds since the start. */
  readonly log: string;
}

/** The control machine: it lives on the lab's network, and reaches the hosts by ssh alone. */
export class Control {
  readonly ssh: SshClient;
  readonly #directory: string;
  readonly #namespace: string;
  #runs = 0;

  constructor(directory: string, namespace: string) {
    this.ssh = new SshClient(directory);
    this.#directory = directory;
    this.#namespace = namespace;
  }

  /** Runs ansible-playbook with a playbook and further arguments. */
  async playbook(args: readonly string[], options: ControlOptions): Promise<PlaybookRun> {
    this.#runs += 1;
    const log = join(this.#directory, `${this.#runs}-${basename(args[0] ?? "", ".yml")}.log`);
    await mkdir(this.#directory, { recursive: true });
    const started = Date.now();
    const elapsed = () => (Date.now() - started) / 1000;
    const file = createWriteStream(log);
    const onOutput = (text: string) => {
      file.write(text.replace(/^/gm, `${elapsed().toFixed(1).padStart(7)} `));
      options.onOutput?.(text);
    };
    const result = await this.run(["ansible-playbook", ...args], { ...options, onOutput });
    await new Promise((done) => file.end(done));
    return { ...result, recap: parseRecap(result.stdout), seconds: elapsed(), log };
  }

  /** Runs any command with the tools of that version of Ansible. */
  async run(command: readonly string[], options: ControlOptions): Promise<CommandResult> {
    const { directory, ansible = "2.14", environment = {} } = options;
    const { timeoutSeconds = PLAYBOOK_SECONDS } = options;
    const { onOutput = () => undefined } = options;
    await mkdir(this.#directory, { recursive: true });
    const placement = {
      directory,
      directories: [this.#directory],
      namespace: this.#namespace,
    };
    const env = {
      ...ansibleEnvironment(this.#directory),
      ANSIBLE_SSH_COMMON_ARGS: `-F ${this.ssh.configuration}`,
      ANSIBLE_SSH_CONTROL_PATH_DIR: join(this.#directory, "cp"),
      ...environment,
    };
    return run(withToolchain(ansible, command, placement), { env, timeoutSeconds, onOutput });
  }

  /** Runs a command of this machine on the lab's network. */
  onNetwork(command: readonly string[], timeoutSeconds = 30): Promise<CommandResult> {
    return run(["nsenter", `--net=/run/netns/${this.#namespace}`, ...command], { timeoutSeconds });
  }
}
