import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../lab/harness/command.js";
import { checkoutDirectory } from "../lab/harness/paths.js";
import { ANSIBLE_VERSIONS, ansibleEnvironment, withToolchain } from "../lab/harness/toolchain.js";
import { Checkout } from "./checkout.js";
import { findExamples } from "./examples.js";

const EXAMPLE = "debian12-sqlite";
/** The words of an inventory in which nobody is asked over the network. */
const LOCAL = "ansible_connection=local ansible_python_interpreter=/usr/bin/python3";

describe.each(ANSIBLE_VERSIONS)(
  "an inventory of the site's own, with ansible-core %s",
  (version) => {
    let checkout: Checkout;
    let first: string;
    let second: string;
    let pair: string;
    const put = async (path: string, text: string) => {
      const file = join(checkout.folder(EXAMPLE), path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    };
    const ansible = async (...command: readonly string[]) => {
      const directory = checkout.folder(EXAMPLE);
      const env = ansibleEnvironment(join(directory, "home"));
      const { stdout, stderr } = await run(withToolchain(version, command, { directory }), {
        env,
        timeoutSeconds: 600,
      });
      return `${stdout}${stderr}`;
    };
    const variablesOf = async (host: string, ...words: readonly string[]) =>
      JSON.parse(
        await ansible("ansible-inventory", "--playbook-dir", ".", ...words, "--host", host),
      );

    beforeAll(async () => {
      const examples = findExamples(join(checkoutDirectory(), "generated"));
      checkout = await Checkout.create(examples.filter(({ name }) => name === EXAMPLE));
      const { all } = JSON.parse(await ansible("ansible-inventory", "--list"));
      expect(all.children).toContain("xcatha");
      const listed = JSON.parse(await ansible("ansible-inventory", "--list"));
      [pair] = listed.xcatha.children;
      [first, second] = listed[pair].hosts;
    });
    afterAll(() => checkout.remove());

    test.each<[string, () => string, RegExp]>([
      ["names no pair", () => "[mine]\nmn1\n", /No inventory was read that names a pair/],
      [
        "has the hosts in no group of the pair's name",
        () => `[xcatha]\n${first} ${LOCAL}\n${second} ${LOCAL}\n`,
        /These are the playbooks of the pair \S+: \S+ and \S+\. Nothing was asked and nothing was changed\. Their variables were not read/,
      ],
      [
        "has one host of the pair",
        () => `[${pair}]\n${first} ${LOCAL}\n[xcatha:children]\n${pair}\n`,
        /Their variables were not read/,
      ],
      [
        "has two pairs",
        () =>
          `[${pair}]\n${first}\n${second}\n[east]\ne1\ne2\n[xcatha:children]\n${pair}\neast\n[all:vars]\nansible_connection=local\n`,
        /The group xcatha has others too, e1 e2: add --limit \S+/,
      ],
    ])("that %s is refused, and no host is asked", async (_, inventory, said) => {
      await put("site.ini", inventory());
      for (const playbook of ["failover.yml", "status.yml"]) {
        const output = await ansible("ansible-playbook", playbook, "-i", "site.ini");
        expect(output.replace(/\s+/g, " ")).toMatch(said);
        expect(output).not.toMatch(/TASK \[status/);
        expect(output).not.toContain("undefined");
      }
    });

    test("that has two pairs goes on with the pair that is named", async () => {
      const nobody = "ansible_host=127.0.0.1 ansible_port=1";
      await put(
        "site.ini",
        `[${pair}]\n${first} ${nobody}\n${second} ${nobody}\n[east]\ne1\ne2\n[xcatha:children]\n${pair}\neast\n`,
      );
      const output = await ansible(
        "ansible-playbook",
        "failover.yml",
        "-i",
        "site.ini",
        "--limit",
        pair,
      );
      expect(output).toMatch(/TASK \[status : Ask/);
      expect(output).not.toMatch(/These are the playbooks|\be[12]\b/);
    });

    test("says how the hosts are reached", async () => {
      await put(
        "site.ini",
        `[${pair}]\n${first} ansible_host=mn1.site ansible_user=me\n${second}\n`,
      );
      const known = await variablesOf(first, "-i", "site.ini");
      expect(known).toMatchObject({
        ansible_host: "mn1.site",
        ansible_user: "me",
        xcatha_peer: second,
      });
      expect(known).not.toHaveProperty("ansible_become");
    });

    test("and a folder of host_vars have their say beside the generated files", async () => {
      await put(`host_vars/${first}/site.yml`, "ansible_user: me\nsite_rack: 7\n");
      expect(await variablesOf(first)).toMatchObject({
        ansible_user: "me",
        site_rack: 7,
        xcatha_peer: second,
      });
    });
  },
);

describe.each(ANSIBLE_VERSIONS)(
  "a platform whose Python is 3.6, with ansible-core %s",
  (version) => {
    const PYTHON_36 = "sles15-mariadb";
    let checkout: Checkout;
    beforeAll(async () => {
      const examples = findExamples(join(checkoutDirectory(), "generated"));
      checkout = await Checkout.create(examples.filter(({ name }) => name === PYTHON_36));
    });
    afterAll(() => checkout.remove());

    const TOO_NEW =
      /has Python 3\.6, which ansible-core 2\.17 and later cannot manage, and this is 2\.\d+/;
    test.each([
      ["is refused in words where that cannot manage it", "", version === ANSIBLE_VERSIONS[0]],
      ["has another Python that the site names", "ansible_python_interpreter=/opt/python3", true],
    ])("%s", async (_, more, goesOn) => {
      const directory = checkout.folder(PYTHON_36);
      const nobody = "ansible_host=127.0.0.1 ansible_port=1";
      await writeFile(
        join(directory, "site.ini"),
        `[xcat]\nmn1 ${nobody} ${more}\nmn2 ${nobody} ${more}\n[xcatha:children]\nxcat\n`,
      );
      const command = ["ansible-playbook", "failover.yml", "-i", "site.ini"];
      const { stdout } = await run(withToolchain(version, command, { directory }), {
        env: ansibleEnvironment(join(directory, "home")),
        timeoutSeconds: 600,
      });
      const said = stdout.replace(/\s+/g, " ");
      expect(/TASK \[status : Ask/.test(said)).toBe(goesOn);
      expect(TOO_NEW.test(said)).toBe(!goesOn);
    });
  },
);
