import type { Service } from "../../catalog/types.js";
import { carriesFiles, type ServiceKind, type Site } from "../site.js";
import { startLimit, stopLimits } from "./limits.js";
import { addresses, files, fullName, hostname, linkUnit, owner, program } from "./names.js";
import type { Entry, UnitFile } from "./types.js";

const comment = ["This service belongs to the pair: it runs on the active host alone."];

/** A link that somebody took away by hand leaves its unit active: the path itself is looked at. */
const looked = ({ pair }: Site, paths: readonly string[]): readonly Entry[] =>
  paths.map((path) => [
    pair.shared.method === "bind" ? "AssertPathIsMountPoint" : "AssertPathIsSymbolicLink",
    path,
  ]);

interface Needs {
  /** Bound to these besides the owner, and started after them. */
  readonly needs: readonly string[];
  /** Only started after these. */
  readonly after: readonly string[];
  readonly more: readonly Entry[];
}

const unitsOf = (site: Site, kinds: readonly ServiceKind[]): readonly string[] =>
  site.services
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ service }) => fullName(service.unit));

const needsOf = (site: Site, kind: ServiceKind): Needs => {
  const { engine, directories } = site;
  // What the services read at their start is that of the last active host.
  const carried = carriesFiles(site) ? [files] : [];
  const links = directories.map(linkUnit);
  const held = addresses(site.pair);
  const of = (needs: readonly string[], after: readonly string[], more: readonly Entry[] = []) => ({
    needs,
    after,
    more,
  });
  switch (kind) {
    case "before-xcat":
      return of(links, [...held, ...carried]);
    case "database": {
      const own = directories.filter((path) => engine?.directories.includes(path));
      return of([...held, ...own.map(linkUnit)], unitsOf(site, ["before-xcat"]), looked(site, own));
    }
    case "xcatd":
      return of(
        [...held, ...links],
        [
          ...(site.pair.hostname.change ? [hostname] : []),
          ...unitsOf(site, ["before-xcat", "database"]),
        ],
        looked(site, ["/etc/xcat"]),
      );
    case "http":
      // A condition, where the others refuse: an upgrade of xCAT restarts it on the standby too, and must end well.
      return of(
        [],
        [...held, ...links, ...carried],
        [["ConditionPathExists", "/run/xcatha/epoch"]],
      );
    case "nfs":
      return of([], [...held, ...links, ...carried]);
    case "dns":
    case "dhcp":
    case "console":
    case "after-xcat":
      return of([], [...held, ...links, ...carried, "xcatd.service"]);
  }
};

const serviceLines = (site: Site, kind: ServiceKind, service: Service): readonly Entry[] => {
  const { engine, pair } = site;
  const stop = stopLimits(site);
  const bounds = (start: number, end: number): readonly Entry[] => [
    ["TimeoutStartSec", String(start)],
    ["TimeoutStopSec", String(end)],
    ["SendSIGKILL", "yes"],
  ];
  const settings = (service.settings ?? []).map((line): Entry => {
    const [key = "", ...value] = line.split("=");
    return [key, value.join("=")];
  });
  if (kind === "database") {
    const notify: readonly Entry[] =
      engine?.server == null
        ? []
        : [
            ["Type", "notify"],
            ["User", engine.user],
            ["PIDFile", ""],
            ["ExecStart", ""],
            ["ExecStart", engine.server.join(" ")],
            ["ExecStop", ""],
            ["KillMode", "mixed"],
            ["KillSignal", "SIGINT"],
          ];
    return [...notify, ...bounds(pair.timeouts.database, stop.database), ...settings];
  }
  if (kind === "xcatd")
    return [
      // Without a database xcatd would block for ten minutes.
      ...(engine ? [["ExecStartPre", `${program("served")} database`] as Entry] : []),
      ...bounds(pair.timeouts.xcatd, stop.xcatd),
      ...settings,
    ];
  const own = kind === "before-xcat" || kind === "after-xcat";
  return [...bounds(startLimit(site), own ? stop.own : stop.network), ...settings];
};

const dropIn = (unit: string, file: Omit<UnitFile, "path" | "comment">): UnitFile => ({
  path: `${unit}.d/50-xcatha.conf`,
  comment,
  ...file,
});

/** NFSv4 clients reclaim their locks from the next active host by what the last one noted of them. */
const trackerLines = ({ pair, platform }: Site, unit: string): readonly Entry[] => {
  const { tracker } = platform.nfs;
  if (!pair.nfs || unit !== tracker?.unit) return [];
  const notes = `${pair.shared.path}/.xcatha/nfsdcld`;
  return [
    ["ExecStartPre", `/bin/mkdir -p -m 0700 ${notes}`],
    ["ExecStart", ""],
    ["ExecStart", [...tracker.command, notes].join(" ")],
  ];
};

/** Drop-ins for the units that packages bring: each is bound to the owner, with what starts it by itself. */
export const dropIns = (site: Site): readonly UnitFile[] =>
  site.services.flatMap(({ kind, service }) => {
    const { needs, after, more } = needsOf(site, kind);
    return [
      dropIn(fullName(service.unit), {
        unit: [
          ["BindsTo", [owner, ...needs].join(" ")],
          ["After", [owner, ...needs, ...after].join(" ")],
          ...more,
        ],
        service: serviceLines(site, kind, service),
      }),
      ...service.also.map((unit) =>
        dropIn(fullName(unit), {
          unit: [
            ["BindsTo", owner],
            ["After", owner],
          ],
          service: trackerLines(site, unit),
        }),
      ),
    ];
  });
