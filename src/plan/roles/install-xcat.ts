import type { HaPair, XcatSource } from "../../model/types.js";
import { packagesFromXcat, packagesToInstall } from "../packages.js";
import { refusals } from "../refusals.js";
import type { Site } from "../site.js";
import { refuse, step } from "../step.js";
import type { Role, Step } from "../types.js";
import { resume } from "./switch-db.js";

const isUrl = (source: string): boolean => /^[a-z]+:\/\//.test(source);

/** Seconds that an installation may take; zypper is told what rpm finds missing. */
const installing = ({ pair, platform }: Site): number =>
  pair.timeouts.install + (platform.packageManager === "zypper" ? 60 : 0);

/** Packages, by the one task of this role that installs some. */
const packages = (
  site: Site,
  names: readonly string[],
  input: Pick<Step, "id" | "title" | "effect">,
): Step =>
  step({
    ...input,
    bound: installing(site),
    template: `install-xcat/packages-${site.platform.packageManager}`,
    data: { packages: names },
    from: { role: "install_xcat", stage: "install", vars: { install_xcat_names: names } },
  });

/** What the checks themselves call must be there before they are made. */
const toolsStep = (site: Site): Step =>
  packages(site, site.platform.toolPackages, {
    id: "tools",
    title: "Install the tools that the checks use",
    effect: "arping, ssh and the ACL tools are there.",
  });

const packagesStep = (site: Site): Step =>
  packages(site, packagesToInstall(site), {
    id: "packages",
    title: "Install the packages",
    effect: "Every package that the pair needs is there.",
  });

const packagesAfterGoXcat = (site: Site): readonly Step[] => {
  const names = packagesFromXcat(site);
  if (site.pair.xcat.source.kind === "packages" || names.length === 0) return [];
  return [
    packages(site, names, {
      id: "packages-from-xcat",
      title: `Install what xCAT's own repositories bring (${names.join(", ")})`,
      effect: "What the pair needs beside xCAT, and only xCAT's repositories have, is there.",
    }),
  ];
};

/** What go-xcat needs on a host: itself, and repositories that are files of the control machine. */
const goXcatFiles = (source: Extract<XcatSource, { kind: "go-xcat" }>) => {
  const parts = [
    { what: "go-xcat", from: source.script, target: "go-xcat", always: true },
    { what: "xCAT's core packages", from: source.core, target: "xcat-core.tar.bz2", always: false },
    { what: "xCAT's dependencies", from: source.dep, target: "xcat-dep.tar.bz2", always: false },
  ];
  return parts.flatMap(({ what, from, target, always }) =>
    // go-xcat itself fetches URLs of packages.
    from === null || (isUrl(from) && !always)
      ? []
      : [{ title: `Bring ${what} to the host`, source: from, target, url: isUrl(from) }],
  );
};

/** go-xcat's words for an action, `install` or `update`. */
export const goXcatArguments = (
  pair: HaPair,
  source: Extract<XcatSource, { kind: "go-xcat" }>,
  action: "install" | "update",
): readonly string[] => {
  const place = (from: string, target: string): string =>
    isUrl(from) ? from : `/var/lib/xcatha/go-xcat/${target}`;
  return [
    // A version and a core of one's own exclude each other.
    ...(source.core === null
      ? ["-x", pair.xcat.version]
      : [`--xcat-core=${place(source.core, "xcat-core.tar.bz2")}`]),
    ...(source.dep === null ? [] : [`--xcat-dep=${place(source.dep, "xcat-dep.tar.bz2")}`]),
    "-y",
    action,
  ];
};

const goXcat = ({ pair }: Site): readonly Step[] => {
  const { source } = pair.xcat;
  if (source.kind === "packages") return [];
  return [
    step({
      id: "go-xcat",
      title: "Install xCAT by go-xcat",
      effect: "xCAT is installed; nothing is done where it is there.",
      bound: pair.timeouts.install,
      template: "install-xcat/go-xcat",
      data: {
        argv: ["/var/lib/xcatha/go-xcat/go-xcat", ...goXcatArguments(pair, source, "install")],
        runTitle: "Run go-xcat",
      },
    }),
  ];
};

/** Brings go-xcat to a host, and what it installs from. */
export const bringGoXcat = ({ pair }: Site): readonly Step[] =>
  pair.xcat.source.kind === "packages"
    ? []
    : [
        step({
          id: "bring-go-xcat",
          title: "Bring go-xcat to the host",
          effect: "go-xcat, and what it installs from, are on the host.",
          bound: pair.timeouts.install,
          template: "install-xcat/bring-go-xcat",
          data: { files: goXcatFiles(pair.xcat.source) },
        }),
      ];

const platformCheck = (site: Site): Step =>
  refuse({
    id: "platform",
    title: "Refuse a host that is not as the model says",
    effect: "The system, the NIC, the addresses at boot and the shared path are the model's.",
    refusal: refusals(site).platform,
  });

const databaseUp = ({ pair, engine }: Site): readonly Step[] =>
  engine === null
    ? []
    : [
        step({
          id: "database-up",
          title: `Let ${engine.label} answer where xCAT expects it (${engine.unit})`,
          effect: `${engine.label} answers, if xCAT runs on it already.`,
          bound: pair.timeouts.database + 180,
          template: "install-xcat/database-up",
        }),
      ];

/** Where the platform has more than one DHCP server, xCAT would choose by itself. */
const dhcpBackend = ({ pair, platform }: Site): string | null =>
  pair.dhcp === "none" || Object.keys(platform.dhcp).length < 2 ? null : pair.dhcp;

const identity = (site: Site): readonly Step[] => [
  ...databaseUp(site),
  resume(site, "__install_xcat_resume"),
  step({
    id: "xcatd-up",
    title: "Wait until xcatd answers",
    effect: "xcatd answers on the host that is set up.",
    bound: site.pair.timeouts.xcatd + 180,
    template: "install-xcat/xcatd-up",
  }),
  step({
    id: "tables",
    title: "Make the virtual IP the server that xCAT's tables name",
    effect:
      "site.master, networks and nodes name the virtual IP where they named this host; every row was read back.",
    bound: 600,
    template: "install-xcat/tables",
    data: { backend: dhcpBackend(site) },
  }),
  ...(site.pair.hostname.change
    ? [
        step({
          id: "certificates",
          title: "Keep xCAT's certificates, or make new ones where they are not valid",
          effect:
            "xCAT's certificates are valid, and xCAT trusts the name in them; older ones are kept beside new ones.",
          bound: 600,
          template: "install-xcat/certificates",
        }),
      ]
    : []),
];

/** Brings xCAT onto a host where it is missing, and gives it the virtual identity where it is served. */
export const installXcatRole = (site: Site): Role => ({
  name: "install_xcat",
  summary: "Installs xCAT where it is missing, and makes the virtual IP its master.",
  why: [
    "The host is checked before a package is installed. On the host that is set up first, the",
    "virtual IP and its hostname are there already: xCAT makes its certificates, its master and",
    "its networks from the name and address that it finds. The package manager's success proves",
    "nothing, so what it installed is looked for.",
  ],
  stages: [
    { id: "preflight", title: "Check the host", entry: "main", steps: [platformCheck(site)] },
    ...(site.pair.hostname.change
      ? [
          {
            id: "credentials",
            title: "Look at xCAT's certificates before anything is changed",
            entry: "separate" as const,
            steps: [
              step({
                id: "credentials",
                title: "Look whether xCAT's certificates can be kept",
                effect: "It is known, and told, whether others will need new credentials.",
                bound: 120,
                template: "install-xcat/credentials",
              }),
            ],
          },
        ]
      : []),
    {
      id: "tools",
      title: "Install the tools that the checks use",
      entry: "separate",
      steps: [toolsStep(site)],
    },
    {
      id: "install",
      title: "Install packages, where they are missing",
      entry: "separate",
      steps: [
        step({
          id: "install",
          title: "Install what is missing",
          effect: "The packages are there.",
          bound: installing(site),
          template: `install-xcat/packages-${site.platform.packageManager}`,
        }),
      ],
    },
    {
      id: "packages",
      title: "Install xCAT and what it needs",
      entry: "main",
      steps: [
        packagesStep(site),
        ...goXcat(site),
        ...packagesAfterGoXcat(site),
        step({
          id: "verify",
          title: "Check that xCAT is there",
          effect: "xCAT's daemon is on the host.",
          template: "install-xcat/verify",
        }),
      ],
    },
    {
      id: "go-xcat",
      title: "Bring go-xcat to the host",
      entry: "separate",
      steps: bringGoXcat(site),
    },
    {
      id: "failed",
      title: "Tell what stopped the setup",
      entry: "separate",
      steps: [
        step({
          id: "failed",
          title: "Tell what happened, and what to do next",
          effect: "The cause, and the command that goes on, are known to the plays that follow.",
          template: "install-xcat/failed",
        }),
      ],
    },
    {
      id: "identity",
      title: "Give xCAT the virtual identity",
      entry: "main",
      when: "install_xcat_active",
      steps: identity(site),
    },
  ],
  undoable: null,
  closing: null,
});
