import fc from "fast-check";

/** Words that YAML, Jinja, a shell or systemd may take for something else than a word. */
const words: readonly string[] = [
  ...["yes", "no", "on", "off", "y", "n", "Yes", "OFF", "true", "False", "null", "Null", "NaN"],
  ...["1e3", "0x1f", "0o17", "017", "0b1", "1_000", "123", "0", "1.10", "12:30:45", "12:30", "-1"],
  ...[
    "2026-01-02",
    "a-",
    "-a",
    "a.b.c",
    "a@b",
    "_",
    "__proto__",
    "constructor",
    "toString",
    "self",
  ],
  ...["item", "hosts", "vars", "all", "omit", "inventory_hostname", "xcatha", "localhost", "name"],
];

/** A word that matches a pattern: an awkward one, or any. */
const wordOf = (pattern: RegExp): fc.Arbitrary<string> => {
  const known = words.filter((word) => pattern.test(word));
  const any = fc.stringMatching(pattern, { maxLength: 30 });
  return known.length === 0 ? any : fc.oneof(fc.constantFrom(...known), any);
};

/** Not a number, as which it would be refused. */
export const hostname = wordOf(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,20}[a-zA-Z0-9])?$/).filter((word) =>
  /[^0-9]/.test(word),
);
export const domain = wordOf(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\.[a-z]{1,6}$/);
export const groupName = wordOf(/^[a-z_][a-z0-9_]{0,20}$/);
export const nic = wordOf(/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,14}$/);
export const user = wordOf(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,20}$/);
export const unit = wordOf(/^[A-Za-z0-9:_][A-Za-z0-9:_.-]{0,20}(@[A-Za-z0-9:_.-]{1,10})?$/);
export const version = wordOf(/^[0-9]{1,4}(\.[0-9]{1,4}){1,2}$/);
export const time = fc.stringMatching(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

const pathPart = wordOf(/^[A-Za-z0-9._+@-]{1,12}$/).filter((part) => !/^\.+$/.test(part));
export const path = fc
  .array(pathPart, { minLength: 1, maxLength: 4 })
  .map((parts) => `/fuzz/${parts.join("/")}`);
export const keptName = fc.oneof(
  path,
  fc.stringMatching(/^[a-z][a-z_]{0,8}\.[A-Za-z0-9_]{1,10}( of [A-Za-z0-9._-]{1,20})?$/),
);
export const blockDevice = path.map((text) => `/dev${text}`);
export const nfsExport = fc.tuple(hostname, path).map(([host, text]) => `${host}:${text}`);
export const url = fc
  .tuple(hostname, domain, fc.stringMatching(/^[A-Za-z0-9/._~%?&=+@-]{0,20}$/))
  .map(([host, zone, rest]) => `https://${host}.${zone}/${rest}`);

const plainWord = fc.stringMatching(/^[A-Za-z0-9 !%+,./:=?@^_~#{}[\]*\\-]{1,20}$/);
const argument = fc.oneof(
  fc.constantFrom(
    ...words,
    "#",
    ": ",
    "- a",
    "%h",
    "{",
    "}",
    "[a]",
    "!x",
    "=",
    "ä",
    "🙂",
    "a: b #c",
  ),
  plainWord,
  plainWord.map((text) => `'${text}'`),
  plainWord.map((text) => `"${text.replaceAll("\\", "")}"`),
);
/** A fencing command with arguments that are awkward in YAML or for a parser of words. */
export const command = fc
  .array(argument, { maxLength: 5 })
  .map((parts) => ["power", ...parts].join(" "));
