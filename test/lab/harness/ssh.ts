import { existsSync } from "node:fs";
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./command.js";

/** The ssh client's configuration on the control machine whose files are in this directory. */
export function sshConfiguration(controlDirectory: string): string {
  return join(controlDirectory, "ssh/config");
}

/** The control machine's ssh client: a key and a list of known hosts of the lab's own. */
export class SshClient {
  /** The configuration file, for `ssh -F`. */
  readonly configuration: string;
  readonly #directory: string;

  constructor(controlDirectory: string) {
    this.#directory = join(controlDirectory, "ssh");
    this.configuration = sshConfiguration(controlDirectory);
  }

  /** The key that the hosts let in. */
  publicKey(): Promise<string> {
    return readFile(`${this.#key}.pub`, "utf8");
  }

  /** Makes the configuration, and the key when there is none. `addresses` are the hosts', by name. */
  async create(addresses: ReadonlyMap<string, string>): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    if (!existsSync(this.#key)) await createKey(this.#key, "control");
    const lines = [
      ...[...addresses].flatMap(([host, address]) => [`Host ${host}`, `HostName ${address}`]),
      "Host *",
      "User root",
      `IdentityFile ${this.#key}`,
      "IdentitiesOnly yes",
      `UserKnownHostsFile ${join(this.#directory, "known_hosts")}`,
      "GlobalKnownHostsFile /dev/null",
      "StrictHostKeyChecking yes",
    ];
    await writeFile(this.configuration, `${lines.join("\n")}\n`);
  }

  /** Knows a host by its public key, under each of the names. */
  async know(names: readonly string[], publicKey: string): Promise<void> {
    const line = `${names.join(",")} ${publicKey.trim()}\n`;
    await appendFile(join(this.#directory, "known_hosts"), line);
  }

  get #key(): string {
    return join(this.#directory, "id_ed25519");
  }
}

/** Makes a key pair at PATH and PATH.pub; gives the public half. */
export async function createKey(path: string, comment: string): Promise<string> {
  await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", path]);
  return readFile(`${path}.pub`, "utf8");
}
