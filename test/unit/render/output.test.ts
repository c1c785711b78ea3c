import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { variables } from "../../../src/plan/variables.js";
import { generateFiles } from "../../../src/render/index.js";
import type { RenderedFile } from "../../../src/render/types.js";
import { xcatClient } from "../../kit/xcat-clients.js";
import { everyPair } from "../plan/pairs.js";
import { checkYaml } from "./check-yaml.js";
import { type Mapping, modulesOf, playsOf, tasksOf } from "./tasks.js";

// Once for all tests: it is most of their time.
const rendered = everyPair.map(([name, pair]) => {
  const files = generateFiles(pair);
  return { name, pair, files, tasks: tasksOf(files) };
});

/** Pairs by what is wrong with them; the first is enough to mend it. */
const faults = (
  faultsOf: (entry: (typeof rendered)[number]) => readonly string[],
): readonly string[] => {
  const found = rendered.flatMap((entry) =>
    faultsOf(entry).map((fault) => ({ fault, name: entry.name })),
  );
  const first = new Map(found.toReversed().map(({ fault, name }) => [fault, name]));
  return [...first].map(([fault, name]) => `${fault} (${name})`);
};

const isAnsible = ({ path }: Pick<RenderedFile, "path">): boolean =>
  path.endsWith(".yml") && !/^(group|host)_vars\/|^vault/.test(path);

describe("every file of every kind of pair", () => {
  test("opens with what made it and how to change it", () => {
    const opening = "Made by xcatha. Change the model and run `xcatha generate`.";
    const found = faults(({ files }) =>
      files
        // The kit's programs are the same files for every pair, copied as they are.
        .filter(({ path }) => !path.startsWith("roles/host_kit/files/"))
        .filter(({ path, text }) => {
          const [first, , third] = text.split("\n");
          return path.endsWith(".md") ? third !== opening : first !== `# ${opening}`;
        })
        .map(({ path }) => path),
    );
    expect(found).toEqual([]);
  });

  test("means the same in YAML 1.1, which Ansible reads, and in YAML 1.2", () => {
    const texts = new Map(rendered.flatMap(({ files }) => files.map((file) => [file.text, file])));
    for (const file of texts.values()) checkYaml(file);
  });

  test("ends with one newline and has no blank at the end of a line", () => {
    const found = faults(({ files }) =>
      files
        .filter(({ text }) => !text.endsWith("\n") || text.endsWith("\n\n") || /[ \t]$/m.test(text))
        .map(({ path }) => path),
    );
    expect(found).toEqual([]);
  });

  test("has a path of its own, sorted", () => {
    for (const { files } of rendered) {
      const paths = files.map(({ path }) => path);
      expect([...new Set(paths)].toSorted()).toEqual(paths);
    }
  });

  test("holds nothing of Handlebars, and no value that was missing", () => {
    const found = faults(({ files }) =>
      files
        .filter(({ text }) => /\{\{[#/>]|\\\{\{|\[object Object\]|\bundefined\b(?! )/.test(text))
        .map(({ path }) => path),
    );
    expect(found).toEqual([]);
  });

  test("holds no secret: the password is a place to fill in, and never logged", () => {
    const found = faults(({ files, tasks }) => [
      ...files
        .filter(({ text }) =>
          /PRIVATE KEY|^\s*\w*(password|secret|token)\w*: "?\w+"?$/im.test(text),
        )
        .map(({ path }) => path),
      ...tasks
        .filter(({ task }) => usesPassword(task) && task["no_log"] !== true)
        .map(({ file, task }) => `${file}: ${task["name"]}`),
    ]);
    expect(found).toEqual([]);
  });

  /** Whether a task's module is given the password; an assertion never shows what it compares. */
  const usesPassword = (task: Mapping): boolean =>
    task["ansible.builtin.assert"] === undefined &&
    task["block"] === undefined &&
    JSON.stringify(task).includes("xcatha_database_password");
});

describe("every task of every kind of pair", () => {
  test("has a name that begins with a capital letter", () => {
    const found = faults(({ files, tasks }) => [
      ...tasks
        .filter(({ task }) => !/^[A-Z]/.test(String(task["name"] ?? "")))
        .map(({ file, task }) => `${file}: ${JSON.stringify(task).slice(0, 80)}`),
      ...playsOf(files)
        .filter(({ task }) => !/^(\(\d\/\d\) )?[A-Z]/.test(playName(task)))
        .map(({ file, task }) => `${file}: ${playName(task)}`),
    ]);
    expect(found).toEqual([]);
  });

  const playName = (play: Mapping): string =>
    play["ansible.builtin.import_playbook"] === undefined ? String(play["name"] ?? "") : "Import";

  test("calls one module of ansible.builtin, by its whole name", () => {
    const found = faults(({ tasks }) =>
      tasks
        .filter(({ task }) =>
          task["block"] === undefined
            ? !/^ansible\.builtin\.\w+$/.test(modulesOf(task).join(" "))
            : modulesOf(task).length > 0,
        )
        .map(({ file, task }) => `${file}: ${task["name"]}: ${modulesOf(task).join(" ")}`),
    );
    expect(found).toEqual([]);
  });

  test("runs under a condition that is a boolean by itself", () => {
    const found = faults(({ tasks }) =>
      tasks.flatMap(({ file, task }) =>
        conditionsOf(task)
          .filter((condition) => !isBoolean(condition))
          .map((condition) => `${file}: ${task["name"]}: ${condition}`),
      ),
    );
    expect(found).toEqual([]);
  });

  test("waits for the thing itself, not for a time", () => {
    const found = faults(({ files, tasks }) => [
      ...files
        .filter(isAnsible)
        .flatMap(({ path, text }) =>
          [...text.matchAll(/\bsleep +([^\s;]+)/g)]
            .filter(([, seconds]) => !(Number(seconds) <= 1))
            .map(([sleep]) => `${path}: ${sleep}`),
        ),
      ...tasks
        .filter(({ task }) => modulesOf(task).some((module) => /pause$/.test(module)))
        .map(({ file }) => `${file}: pause`),
    ]);
    expect(found).toEqual([]);
  });

  // Ansible renders the message also when the assertion holds.
  test("has a message that can be rendered when the peer does not answer", () => {
    const bare = /status_answers\[xcatha_peer\]\.(?!reachable\b|alive\b)\w+(?! \| default\()\b/g;
    const found = faults(({ tasks }) =>
      tasks.flatMap(({ file, task }) => {
        const { fail_msg: message = "" } = (task["ansible.builtin.assert"] ?? {}) as Mapping;
        return (String(message).match(bare) ?? []).map((answer) => `${file}: ${answer}`);
      }),
    );
    expect(found).toEqual([]);
  });

  test("is no script: a program of the kit, or one command with its words", () => {
    const scripts = /^ansible\.builtin\.(shell|raw|script)$/;
    const found = faults(({ tasks }) =>
      tasks
        .filter(({ task }) => modulesOf(task).some((module) => scripts.test(module)))
        .map(({ file, task }) => `${file}: ${task["name"]}`),
    );
    expect(found).toEqual([]);
  });

  // They would read it to its end, whoever else waits for it.
  test("gives no client of xCAT's a standard input", () => {
    const found = faults(({ tasks }) =>
      tasks
        .filter(({ task }) =>
          modulesOf(task).some((module) => {
            const given = (task[module] ?? {}) as Mapping;
            return given["stdin"] !== undefined && xcatClient.test(JSON.stringify(given));
          }),
        )
        .map(({ file, task }) => `${file}: ${task["name"]}`),
    );
    expect(found).toEqual([]);
  });

  test("imports a file or includes a role that is there", () => {
    const found = faults(({ files, tasks }) => {
      const paths = new Set(files.map(({ path }) => path));
      return tasks.flatMap(({ file, task }) =>
        calledFiles(file, task)
          .filter((path) => !paths.has(path))
          .map((path) => `${file}: ${path}`),
      );
    });
    expect(found).toEqual([]);
  });

  function calledFiles(file: string, task: Mapping): readonly string[] {
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    return Object.entries(task).flatMap(([module, value]) => {
      const given = (value ?? {}) as Mapping;
      if (/\.(import|include)_tasks$/.test(module)) return [`${folder}${value}`];
      if (!/\.(import|include)_role$/.test(module)) return [];
      const path = `roles/${given["name"]}/tasks/${given["tasks_from"] ?? "main"}.yml`;
      const items = (task["loop"] ?? [""]) as readonly string[];
      return items.map((item) => path.replace("{{ item }}", item));
    });
  }
});

describe("what a reviewer reads of every kind of pair", () => {
  const taskFiles = (files: readonly RenderedFile[]) =>
    files.filter(({ path }) => path.includes("/tasks/"));

  test("has no file of tasks of more than 120 lines", () => {
    const found = faults(({ files }) =>
      taskFiles(files)
        .filter(({ text }) => text.split("\n").length - 1 > 120)
        .map(({ path }) => path),
    );
    expect(found).toEqual([]);
  });

  test("has no line of more than 160 characters", () => {
    const found = faults(({ files }) =>
      files
        .filter(({ path }) => path.endsWith(".yml"))
        .flatMap(({ path, text }) =>
          text
            .split("\n")
            .filter((line) => line.length > 160)
            .map((line) => `${path}: ${line.trim()}`),
        ),
    );
    expect(found).toEqual([]);
  });

  test("has no six lines twice in its roles' tasks", () => {
    const found = faults(({ files }) => {
      const seen = new Map<string, string>();
      return taskFiles(files).flatMap(({ path, text }) => {
        const lines = text
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== "" && line !== "---" && !line.startsWith("#"));
        return lines.flatMap((line, at) => {
          const six = lines.slice(at, at + 6).join("\n");
          const before = at + 6 > lines.length ? undefined : seen.get(six);
          seen.set(six, path);
          return before === undefined ? [] : [`${before}, ${path}: ${line}`];
        });
      });
    });
    expect(found).toEqual([]);
  });
});

describe("the variables of every kind of pair", () => {
  const used = (files: readonly RenderedFile[]): readonly string[] => [
    ...new Set(
      files
        .filter(isAnsible)
        .flatMap(({ text }) => text.match(/\bxcatha_(?!run_)[a-z_]+(?:_[0-9])?\b/g) ?? []),
    ),
  ];

  const given = (files: readonly RenderedFile[], folder: string): readonly (readonly string[])[] =>
    files
      .filter(({ path }) => path.startsWith(folder))
      .map(({ text }) => Object.keys(parse(text) as Mapping));

  test("are declared", () => {
    const found = faults(({ files }) => used(files).filter((name) => !(name in variables)));
    expect(found).toEqual([]);
  });

  test("have a value where a role reads them, unless they are the operator's to give", () => {
    const found = faults(({ files }) => {
      const pair = given(files, "group_vars/").flat();
      const hosts = given(files, "host_vars/");
      const vault = given(files, "vault.example.yml").flat();
      return used(files).filter((name) => {
        const from = variables[name]?.from;
        if (from === "pair") return !pair.includes(name);
        if (from === "host") return !hosts.every((host) => host.includes(name));
        return from === "vault" && !vault.includes(name);
      });
    });
    expect(found).toEqual([]);
  });

  test("have no value that nothing reads", () => {
    const found = faults(({ files }) => {
      const values = [...given(files, "group_vars/"), ...given(files, "host_vars/")].flat();
      const read = used(files);
      return values.filter((name) => name.startsWith("xcatha_") && !read.includes(name));
    });
    expect(found).toEqual([]);
  });
});

describe("a pair", () => {
  const words = { postgresql: /postgres|psql|pgsql|\bpg_/i, mariadb: /mariadb|mysql/i };

  /** Here it is asked which database xCAT runs on now; every answer has a name. */
  const asking = new Set(["roles/status/tasks/ask-one.yml"]);

  test("on one database has no task of another", () => {
    const found = faults(({ pair, files }) => {
      const others = (["postgresql", "mariadb"] as const).filter((name) => name !== pair.database);
      return files
        .filter(({ path }) => isAnsible({ path }) && !asking.has(path))
        .flatMap(({ path, text }) =>
          others
            .filter((other) => words[other].test(text))
            .map((other) => `${path}: ${words[other].exec(text)?.[0]} on ${pair.database}`),
        );
    });
    expect(found).toEqual([]);
  });

  test("that asks for no password has no vault", () => {
    for (const { name, pair, files } of rendered) {
      const vault = files.some(({ path }) => path === "vault.example.yml");
      expect(vault, name).toBe(pair.database !== "sqlite");
    }
  });

  test("has addresses and names in its variables alone, never in a role", () => {
    const found = faults(({ pair, files }) => {
      const values = [
        pair.virtual,
        ...pair.further,
        ...pair.hosts.flatMap((host) => [host, { address: host.connection }, ...host.further]),
      ].map(({ address }) => address);
      return files
        .filter(({ path }) => path.startsWith("roles/"))
        .filter(({ text }) => values.some((value) => text.includes(value)))
        .map(({ path }) => path);
    });
    expect(found).toEqual([]);
  });
});

describe("a setup", () => {
  test("that fails in a role keeps the cause, to tell it last", () => {
    const before = ["Check the password", "Ask both hosts"];
    const found = faults(({ files }) =>
      playsOf(files)
        .filter(({ file }) => ["setup.yml", "install-xcat.yml"].includes(file))
        .flatMap(({ file, task: play }) => {
          const tasks = (play["tasks"] ?? []) as readonly Mapping[];
          return tasks
            .filter((task) => JSON.stringify(task).includes("include_role"))
            .filter((task) => !before.includes(String(task["name"])))
            .filter(
              (task) => !JSON.stringify(task["rescue"] ?? "").includes('"tasks_from":"failed"'),
            )
            .map((task) => `${file}: ${task["name"]}`);
        }),
    );
    expect(found).toEqual([]);
  });
});

const conditionsOf = (task: Mapping): readonly string[] => {
  const when = task["when"] ?? [];
  return (Array.isArray(when) ? when : [when]).map(String);
};

/** Variables and answers that are booleans themselves. */
const booleans = new Set([
  ...["ansible_check_mode", "activate_served", "install_xcat_active", "__activate_was_active"],
  ...["install_xcat_foreseen", "__activate_refused", "deactivate_here"],
  ...["__switch_db_needed", "true", "false"],
]);

/** What stands between the words `and` and `or` outside brackets. */
function operands(condition: string): readonly string[] {
  const found: string[] = [""];
  let depth = 0;
  for (const word of condition.trim().split(/\s+/)) {
    if (depth === 0 && (word === "and" || word === "or")) found.push("");
    else found[found.length - 1] += ` ${word}`;
    for (const sign of word) depth += "([{".includes(sign) ? 1 : ")]}".includes(sign) ? -1 : 0;
  }
  return found.map((operand) => operand.trim());
}

/** Whether a condition gives true or false, and not a text or a number that stands for one. */
function isBoolean(condition: string): boolean {
  const all = operands(condition);
  if (all.length > 1) return all.every(isBoolean);
  const [operand = ""] = all;
  const negated = /^not (.+)$/.exec(operand)?.[1];
  if (negated !== undefined) return isBoolean(negated);
  const inner = /^\((.+)\)$/.exec(operand)?.[1];
  if (inner !== undefined) return isBoolean(inner);
  const bare = operand.replaceAll(/\([^()]*\)/g, "()");
  if (/ (==|!=|<=|>=|<|>|in|is) /.test(` ${bare} `)) return true;
  if (/\| (bool|default\((true|false)\))$/.test(operand)) return true;
  return booleans.has(operand) || /\.(exists|reachable)$/.test(operand);
}

describe("what counts as a boolean condition", () => {
  test.each([
    "a == 'b'",
    "a is defined and (a is changed or a is failed)",
    "not a | default(false)",
    "x | length > 0",
    "inventory_hostname == (status_active or xcatha_primary)",
    "name in groups['a'] | default([])",
    "answers[host].reachable",
  ])("%s", (condition) => {
    expect(isBoolean(condition)).toBe(true);
  });

  test.each([
    "x | length",
    "x",
    "status_active or status_owner",
    "a == 'b' and x | default('')",
    "not x.stdout",
    "(a or b)",
  ])("not %s", (condition) => {
    expect(isBoolean(condition)).toBe(false);
  });
});
