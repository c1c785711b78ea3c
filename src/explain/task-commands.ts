type Arguments = Readonly<Record<string, unknown>>;

const isArguments = (value: unknown): value is Arguments =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const word = (value: unknown): string => (typeof value === "string" ? value : String(value ?? ""));

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A word of a command line, in quotes where a shell would cut it. */
const quotedWord = (text: string): string =>
  /^[\w@%+=:,./{}|-]+$/.test(text) || /^\{\{.*\}\}$/.test(text)
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;

const unit = (args: Arguments): readonly string[] => {
  const name = word(args["name"]);
  const verbs: Readonly<Record<string, string>> = {
    started: "start",
    stopped: "stop",
    restarted: "restart",
    reloaded: "reload",
  };
  const verb = verbs[word(args["state"])];
  const masked = args["masked"];
  return [
    ...(args["daemon_reload"] === true ? ["systemctl daemon-reload"] : []),
    ...(verb === undefined ? [] : [`systemctl ${verb} ${name}`]),
    ...(args["enabled"] === undefined
      ? []
      : [`systemctl ${args["enabled"] === true ? "enable" : "disable"} ${name}`]),
    ...(masked === undefined ? [] : [`systemctl ${masked === true ? "mask" : "unmask"} ${name}`]),
  ];
};

/** Words that are left out but in a check: the command is the one that is typed to do it. */
const checked = /^\{\{ \[(.*?)\] \+ \(.* if ansible_check_mode else \[\]\) \}\}$/;

const argvOf = (argv: unknown): readonly unknown[] => {
  const [, words] = checked.exec(word(argv)) ?? [];
  return words === undefined
    ? list(argv)
    : words.split(",").map((one) => /^'(.*)'$/.exec(one.trim())?.[1] ?? `{{ ${one.trim()} }}`);
};

const command = (args: Arguments): readonly string[] => [
  args["argv"] === undefined
    ? word(args["cmd"])
    : argvOf(args["argv"])
        .map((part) => quotedWord(word(part)))
        .join(" "),
];

/** Puts what a script set once, and not by a command, in place of its name. */
const withoutNames = (text: string, line: string): string => {
  const set = [...text.matchAll(/^\s*(\w+)=([^\s$(]+(?: [^}]*\}\})?)$/gm)];
  return set.reduce(
    (changed, [, name, value]) =>
      changed.replaceAll(new RegExp(`"\\$${name}"|\\$\\{?${name}\\b\\}?`, "g"), () => word(value)),
    line,
  );
};

const changing =
  /\bact (.+?)(?=;| \|\| | &&| \d?>|$)|^\s*(systemctl (?:start|stop|restart) [^;|&]+)/g;

/** The lines of a script that change something: `act` runs them, and shows them in a check. */
const script = (args: Arguments): readonly string[] => {
  const text = word(args["cmd"]);
  // A script's own functions are no commands.
  const own = new Set([...text.matchAll(/^\s*(\w+)\(\)/gm)].map(([, name]) => name));
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*\w+\(\)/.test(line))
    .flatMap((line) => [...line.matchAll(changing)])
    .map(([, acted, plain]) => withoutNames(text, word(acted ?? plain).trim()))
    .filter((line) => !own.has(line.split(" ")[0]));
  return [...new Set(lines)];
};

const paths: Readonly<Record<string, string>> = {
  absent: "rm",
  directory: "mkdir -p",
  touch: "touch",
  link: "ln -s",
};

const file = (args: Arguments): readonly string[] => {
  const verb = paths[word(args["state"])];
  const source = args["src"] === undefined ? "" : `${word(args["src"])} `;
  return verb === undefined ? [] : [`${verb} ${source}${word(args["path"] ?? args["dest"])}`];
};

const written = (args: Arguments): readonly string[] => [
  `write ${word(args["dest"] ?? args["path"])}`,
];

const edited = (args: Arguments): readonly string[] => [
  `edit ${word(args["path"] ?? args["dest"])}`,
];

const packages =
  (tool: string) =>
  (args: Arguments): readonly string[] => [
    `${tool} install ${list(args["name"]).map(word).join(" ")}`,
  ];

/** What each module does, in the words of a shell. */
const modules: Readonly<Record<string, (args: Arguments) => readonly string[]>> = {
  command,
  shell: script,
  systemd: unit,
  systemd_service: unit,
  service: unit,
  file,
  copy: written,
  template: written,
  lineinfile: edited,
  blockinfile: edited,
  replace: edited,
  get_url: (args) => [`curl -o ${word(args["dest"])} ${word(args["url"])}`],
  known_hosts: () => ["edit /root/.ssh/known_hosts"],
  hostname: (args) => [`hostname ${word(args["name"])}`],
  apt: packages("apt-get"),
  dnf: packages("dnf"),
  package: packages("package manager:"),
};

/** The commands of one task; none for what only looks or decides. */
export const taskCommands = (task: Readonly<Record<string, unknown>>): readonly string[] => {
  const entry = Object.entries(task).find(([key]) => key.startsWith("ansible.builtin."));
  if (entry === undefined) return [];
  const [key, args] = entry;
  const known = modules[key.replace("ansible.builtin.", "")];
  if (known === undefined || !isArguments(args)) return [];
  // What changes nothing only looks.
  if (task["changed_when"] === false) return [];
  return known(args);
};
