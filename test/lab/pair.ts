import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "./harness/command.js";
import type { Control, PlaybookRun } from "./harness/control.js";
import type { Lab } from "./harness/lab.js";
import { ADDRESSES } from "./harness/network.js";
import { checkoutDirectory } from "./harness/paths.js";
import type { AnsibleVersion } from "./harness/toolchain.js";
import { takeOut, WITHOUT } from "./hollow.js";

/** The name of the lab's pair: a group of the inventory. */
const PAIR = "lab";

/** The password in the vault, of xCAT's user in the database. */
export const DATABASE_PASSWORD = "LabSecret42";

/** Which xCAT the stand-in says it is. */
const STAND_IN_VERSION = "2.19.0";

/** The stand-in for xCAT's installer, beside the playbooks: every control machine sees it there. */
const GO_XCAT = "go-xcat";

const directoryOf = (lab: Lab): string => join(lab.directory, "pair");

/** The hostname that goes with the virtual IP. */
export const VIRTUAL_HOSTNAME = "xcatmn.lab.example.com";

/** Where a pair's xCAT comes from: a repository that its hosts know, or go-xcat, which makes its own known. */
export function xcatBy(lab: Lab, way: "packages" | "go-xcat"): Readonly<Record<string, unknown>> {
  return way === "packages"
    ? { source: "packages" }
    : { version: STAND_IN_VERSION, source: { script: join(directoryOf(lab), GO_XCAT) } };
}

/** The model of a pair on the lab's two hosts. `more` holds further keys, as YAML, and `shared` further keys there. */
export function modelOf(
  lab: Lab,
  more = "",
  shared: Readonly<Record<string, unknown>> = {},
  platform = "debian12",
  xcat = xcatBy(lab, "packages"),
): string {
  const hosts = lab.hosts.map(({ name, address }) => `  - {name: ${name}, address: ${address}}`);
  return `name: ${PAIR}
platform: ${platform}
hosts:
${hosts.join("\n")}
virtual:
  address: ${ADDRESSES.virtual}
  netmask: ${ADDRESSES.netmask}
  nic: eth0
  hostname: ${VIRTUAL_HOSTNAME}
shared: ${JSON.stringify({ path: lab.shape.sharedPath, ...shared })}
xcat: ${JSON.stringify(xcat)}
nfs: false
${more}`;
}

/** The folder that xcatha generated for a lab, ready to run from the lab's control machine. */
export class Pair {
  readonly directory: string;
  readonly #control: Control;
  readonly #ansible: AnsibleVersion;
  readonly #vaultPassword: string;

  constructor(lab: Lab, ansible: AnsibleVersion) {
    this.directory = directoryOf(lab);
    this.#control = lab.control;
    this.#ansible = ansible;
    this.#vaultPassword = join(lab.directory, "control/vault-password");
  }

  /** Compiles the model, and puts the database's password into the vault. A step may be taken out, unless `whole`. */
  async generate(model: string, { whole = false } = {}): Promise<void> {
    await this.compile(model);
    if (WITHOUT !== undefined && !whole) takeOut(this.directory, WITHOUT);
    await this.#fillVault();
  }

  /** Compiles the model. */
  async compile(model: string): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const file = join(this.directory, "xcatha.yml");
    await writeFile(file, model);
    await copyFile(
      join(checkoutDirectory(), "test/lab/xcat/go-xcat"),
      join(this.directory, GO_XCAT),
    );
    const bin = join(checkoutDirectory(), "dist/cli/bin.js");
    await must([process.execPath, bin, "generate", file, "--out", this.directory]);
  }

  /** Runs one of the playbooks, as `failover.yml`, with further arguments of ansible-playbook. */
  run(playbook: string, ...args: readonly string[]): Promise<PlaybookRun> {
    return this.watch(() => undefined, playbook, ...args);
  }

  /** As `run`; `onOutput` gets what is printed, as it comes. */
  watch(
    onOutput: (text: string) => void,
    playbook: string,
    ...args: readonly string[]
  ): Promise<PlaybookRun> {
    // Whoever fails over at night may not have it.
    const vault = /^(setup|switch-db|role-)/.test(playbook)
      ? ["--vault-password-file", this.#vaultPassword]
      : [];
    return this.#control.playbook([playbook, ...vault, ...args], {
      directory: this.directory,
      ansible: this.#ansible,
      onOutput,
    });
  }

  async #fillVault(): Promise<void> {
    const vault = join(this.directory, "vault.yml");
    await writeFile(this.#vaultPassword, "the lab's vault\n", { mode: 0o600 });
    await writeFile(vault, `---\nxcatha_database_password: ${DATABASE_PASSWORD}\n`);
    const encrypt = ["ansible-vault", "encrypt", "--vault-password-file", this.#vaultPassword];
    await must([...encrypt, vault]);
  }
}

/** What `changesOf` has to give for a second run. */
export const NO_CHANGE = { host1: 0, host2: 0 };

/** How many changes each host saw, and nothing else. */
export function changesOf(run: PlaybookRun): Readonly<Record<string, number>> {
  return Object.fromEntries([...run.recap].map(([host, { changed }]) => [host, changed]));
}

/** What failed and the end of what a playbook printed, to show beside a failed expectation. */
export function tailOf(run: PlaybookRun): string {
  const fatal = run.stdout.match(/^fatal: (?:.|\n)*?\n\n/gm) ?? [];
  const end = `${run.stdout.slice(-3000)}\n${run.stderr.slice(-1000)}`;
  return `${fatal.join("")}…\n${end}\nthe whole log: ${run.log}`;
}
