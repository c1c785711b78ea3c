import { describe, expect, test } from "vitest";
import { exampleNames, generate, readExampleModel } from "../../golden/examples.js";

const books = exampleNames.map((name) => {
  const files = generate(readExampleModel(name));
  return { name, files, text: files.get("README.md") ?? "" };
});

describe("a runbook", () => {
  test("opens with the state, then each failover, the halves, the refusals and interruptions", () => {
    for (const { name, text } of books)
      expect([...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title).slice(0, 6), name).toEqual(
        [
          "Look first",
          "The active host is reachable",
          "The active host does not answer",
          "Both halves by hand",
          "A run was refused",
          "A run was interrupted",
        ],
      );
  });

  test("says with which Ansible, by the Python of the hosts", () => {
    for (const { name, text } of books) {
      const old = /^platform: (el8|sles15)$/m.test(readExampleModel(name));
      const said = /ansible-core (\S+) to (\d+\.\d+)\./.exec(text)?.slice(1);
      expect(said, name).toEqual(["2.14", old ? "2.16" : "2.22"]);
      expect(text.includes("have Python 3.6"), name).toBe(old);
    }
  });

  test("refers only to its own headings", () => {
    for (const { text } of books) {
      const anchors = [...text.matchAll(/^## (.*)$/gm)].map(([, title = ""]) =>
        title.toLowerCase().replaceAll(" ", "-"),
      );
      for (const [, anchor = ""] of text.matchAll(/\]\(#([^)]*)\)/g))
        expect(anchors).toContain(anchor);
    }
  });

  test("names only tasks that are there", () => {
    for (const { name, files, text } of books) {
      const all = [...files].filter(([path]) => path.endsWith(".yml")).map(([, file]) => file);
      const tasks = new Set(
        all.flatMap((file) => [...file.matchAll(/- name: "?(.*?)"?$/gm)].map(([, task]) => task)),
      );
      const refused = /## A run was refused\n[\s\S]*?\n\n## /.exec(text)?.[0] ?? "";
      const told = [
        ...[...refused.matchAll(/^\| (?!Task|---)(.*?) \|/gm)].map(([, task]) => task),
        ...[...text.matchAll(/TASK \[\w+ : (.*)\]/g)].map(([, task]) => task),
      ];
      expect(told.length).toBeGreaterThan(10);
      expect(
        told.filter((task) => !tasks.has(task)),
        name,
      ).toEqual([]);
    }
  });

  /** The rows of the table of refusals: the task, what it means, what to do. */
  const refusalsIn = (text: string): readonly (readonly string[])[] => {
    const section = /## A run was refused\n[\s\S]*?\n\n## /.exec(text)?.[0] ?? "";
    return [...section.matchAll(/^\| (?!Task |---)(.*) \|$/gm)].map(([, row = ""]) =>
      row.split(" | "),
    );
  };

  test("says of each refusal what it means and what to do", () => {
    for (const { name, text } of books) {
      const rows = refusalsIn(text);
      expect(rows.length, name).toBeGreaterThan(8);
      for (const cells of rows) {
        expect(cells, name).toEqual([
          expect.stringMatching(/^(Refuse|Compare|Check) /),
          expect.stringMatching(/^[A-Z].*\.$/),
          expect.stringMatching(/^[A-Z`].*\.$/),
        ]);
      }
    }
  });

  test("knows every check that can refuse a failover, in the playbook and in the roles", () => {
    for (const { name, files, text } of books) {
      const told = refusalsIn(text).map(([task]) => task);
      const tasks = [
        files.get("failover.yml") ?? "",
        ...[...files]
          .filter(([path]) => /^roles\/activate\/tasks\/(?!mark)/.test(path))
          .map(([, file]) => file),
      ].flatMap((file) => [...file.matchAll(/- name: "((?:Refuse|Compare) .*)"$/gm)]);
      const refusing = [...new Set(tasks.map(([, task = ""]) => task))];
      expect(refusing.length, name).toBeGreaterThan(8);
      expect(
        refusing.filter((task) => !told.includes(task)),
        name,
      ).toEqual([]);
    }
  });

  test("gives the command that shows who has the virtual IP, ready to type", () => {
    const { text = "" } = books.find(({ name }) => name === "el9-postgresql") ?? {};
    expect(text).toContain("`arping -c 2 -I eth0 10.5.106.50` on the host shows its MAC address.");
  });

  test("names only playbooks that are there", () => {
    for (const { name, files, text } of books)
      for (const [, playbook = ""] of text.matchAll(/\b([a-z-]+\.yml)\b(?! \(| [a-z]* \()/g))
        if (
          !["vault.yml", "vault.example.yml", "xcatha.yml"].includes(playbook) &&
          playbook !== "example.yml"
        )
          expect([...files.keys()], `${name}: ${playbook}`).toContain(playbook);
  });

  test("asks for the vault's password where there is one", () => {
    for (const { text } of books) {
      const vault = !/^xCAT on sqlite/m.test(text);
      expect(text.includes("ANSIBLE_VAULT_PASSWORD_FILE")).toBe(vault);
    }
  });

  test("says how long a failover takes usually, at most, and when it fails at the last", () => {
    for (const { text } of books) {
      expect(text).toMatch(
        /^\| failover \| `ansible-playbook failover\.yml` \| \d+ s( \| \d+ (h|min)( \d+ (min|s))?){2} \|$/m,
      );
      expect(text).not.toMatch(/^\| failover \|.*\| +\|/m);
    }
  });
});
