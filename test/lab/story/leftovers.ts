/** What a run of the lab leaves on the machine. */
export interface Leftovers {
  /** Where the lab keeps its files. */
  readonly home: string;
  /** Its size, as `2.6G`. */
  readonly size: string;
  /** Debian packages that the lab installed, by name. */
  readonly packages: readonly string[];
  readonly checkout: string;
  /** What still runs or is mounted, a word or a path each; there should be nothing. */
  readonly alive: readonly string[];
}

interface Row {
  readonly what: string;
  readonly remove: string;
}

/** A word for a shell. */
const quoted = (word: string): string =>
  /^[\w./+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** What is left, and the command that removes each. */
export function leftoversText({ home, size, packages, checkout, alive }: Leftovers): string {
  const rows: readonly Row[] = [
    {
      what: `${home} (${size}): what the hosts boot from. The next run starts at once with it`,
      remove: `rm -rf --one-file-system ${quoted(home)}`,
    },
    ...(packages.length === 0
      ? []
      : [
          {
            what: `${packages.length} Debian packages that were not here before, with what they need`,
            remove: `apt-get purge --autoremove ${packages.join(" ")}`,
          },
        ]),
    {
      what: "this checkout, with what was installed and built in it",
      remove: `rm -rf ${quoted(checkout)}`,
    },
  ];
  const end =
    alive.length === 0
      ? "Nothing runs any more: no host, no network, no mount of it is left."
      : `Still there: ${alive.join(", ")}. To end it: npm run lab -- remove demo`;
  return `${rows.map(({ what, remove }) => `${what}:\n    ${remove}`).join("\n")}\n${end}\n`;
}
