import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Where the kit's programs are in the checkout. */
export const programsFolder = fileURLToPath(
  new URL("../../templates/kit/libexec", import.meta.url),
);

/** How a program ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that plays a host: settings, commands that stand in for the system's, and places to write to. */
export class Sandbox {
  /** Where the programs are. */
  readonly program = programsFolder;
  readonly directory = mkdtempSync(join(tmpdir(), "xcatha-kit-"));
  readonly #processes: ChildProcess[] = [];

  constructor(settings: Readonly<Record<string, string>>) {
    for (const name of ["bin", "proc"]) mkdirSync(join(this.directory, name));
    symlinkSync("/proc/self", this.path("proc/self"));
    this.configure(settings);
  }

  /** Starts a process of this host that is called so: the programs see it, and none of another test's or the machine's. */
  async start(
    title: string,
    { args = [], cwd }: { readonly args?: readonly string[]; readonly cwd?: string } = {},
  ): Promise<ChildProcess> {
    const child = spawn("perl", ["-e", `$0 = "${title}"; sleep 600`, ...args], { cwd });
    this.#processes.push(child);
    symlinkSync(`/proc/${child.pid}`, this.path("proc", String(child.pid)));
    while (!readFileSync(`/proc/${child.pid}/cmdline`, "utf8").startsWith(title))
      await setTimeout(10);
    return child;
  }

  /** Writes the host's settings. */
  configure(settings: Readonly<Record<string, string>>): void {
    const lines = Object.entries(settings).map(([key, value]) => `${key}="${value}"\n`);
    writeFileSync(this.path("host.conf"), lines.join(""));
  }

  path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  /** Puts a shell script in the place of one of the system's commands. */
  command(name: string, script: string): void {
    writeFileSync(this.path("bin", name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }

  /** Runs one of the kit's programs. */
  run(
    program: string,
    args: readonly string[] = [],
    input = "",
    environment: Readonly<Record<string, string>> = {},
  ): Outcome {
    const file = join(programsFolder, program);
    return this.execute([file, ...args], input, environment);
  }

  /** Runs any command with the sandbox's settings and commands. */
  execute(
    [command = "", ...args]: readonly string[],
    input = "",
    environment: Readonly<Record<string, string>> = {},
  ): Outcome {
    const { status, stdout, stderr } = spawnSync(command, args, {
      input,
      encoding: "utf8",
      timeout: 60_000,
      env: {
        ...process.env,
        PATH: `${this.path("bin")}:${process.env["PATH"]}`,
        XCATHA_CONF: this.path("host.conf"),
        XCATHA_PROC: this.path("proc"),
        XCATHA_PACKAGE_FILES: this.path("package-files"),
        PYTHONDONTWRITEBYTECODE: "1",
        ...environment,
      },
    });
    return { code: status, stdout, stderr };
  }

  [Symbol.dispose](): void {
    for (const child of this.#processes) child.kill("SIGKILL");
    rmSync(this.directory, { recursive: true, force: true });
  }
}
