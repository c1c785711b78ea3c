import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Role, Step } from "../types.js";
import { bringGoXcat } from "./install-xcat.js";

/** Seconds that xCAT's own update of tables and boot images may take (`xcatconfig -u`). */
const configure = 600;

/** Where xCAT came by go-xcat, go-xcat brings the model's version. */
const goXcat = (site: Site): readonly Step[] =>
  bringGoXcat(site).map((bring) => ({
    ...bring,
    from: { role: "install_xcat", stage: "go-xcat" },
  }));

/** Upgrades xCAT and the database's server on a standby host, and finishes the upgrade on the active one. */
export const upgradeRole = (site: Site): Role => ({
  name: "upgrade",
  summary: "Upgrades xCAT and the database's server on a standby host.",
  why: [
    "Packages are upgraded on a standby host alone: their scripts start and stop services as they",
    "like. What they write below /install is the standby's own there, so it is kept, and brought",
    "onto the shared data when the host is active. xCAT brings its tables and boot images up to",
    "date on the active host. The tables are dumped before and compared afterwards.",
  ],
  stages: [
    {
      id: "offered",
      title: "Ask which packages would be upgraded",
      entry: "separate",
      steps: [
        step({
          id: "offered",
          title: "Ask the package manager which packages it would upgrade",
          effect: "It is known whether there is anything to upgrade.",
          bound: 900,
          template: "upgrade/offered",
        }),
      ],
    },
    {
      id: "begin",
      title: "Dump the tables before the upgrade",
      entry: "separate",
      steps: [
        step({
          id: "begin",
          title: "Dump xCAT's tables, and note that an upgrade is under way",
          effect: "A dump of every table lies on the shared data, in .xcatha/dumps.",
          undo: "The dump is kept.",
          bound: site.pair.timeouts.migrate,
          template: "upgrade/begin",
        }),
      ],
    },
    {
      id: "packages",
      title: "Upgrade the packages",
      entry: "main",
      inline: true,
      steps: [
        ...goXcat(site),
        step({
          id: "packages",
          title: "Upgrade xCAT and the database's server",
          effect:
            site.pair.xcat.source.kind === "packages"
              ? "The newest packages of the host's repositories are installed."
              : `xCAT ${site.pair.xcat.version}, the model's version, is installed.`,
          undo: "The package manager can install the earlier version again, while this host is standby.",
          bound: site.pair.timeouts.install,
          template: "upgrade/packages",
        }),
        step({
          id: "database",
          title: "Refuse a database server of another major version",
          effect: "The server can run on the shared data.",
          bound: 60,
          template: "upgrade/database",
        }),
      ],
    },
    {
      id: "standby-host",
      title: "Upgrade a standby host, and make sure that it is standby",
      entry: "separate",
      steps: [
        step({
          id: "standby-host",
          title: "Upgrade it, and make sure that it is standby",
          effect: "The host has the new packages, and serves nothing; or the report says why not.",
          bound: 2 * site.pair.timeouts.install,
          template: "upgrade/standby-host",
        }),
      ],
    },
    {
      id: "finish",
      title: "Finish the upgrade on the active host",
      entry: "separate",
      steps: [
        step({
          id: "finish",
          title: "Let xCAT bring its tables and boot images up to date, and look for lost rows",
          effect: "The shared data is the new version's, and no row is missing.",
          undo: "The tables as they were are in the dump; older files are in .xcatha/before-upgrade.",
          bound: site.pair.timeouts.migrate + configure,
          template: "upgrade/finish",
        }),
      ],
    },
  ],
  undoable: null,
  closing: null,
});
