import { networkTimeout } from "../roles/network.js";
import {
  carriedFiles,
  carriesFiles,
  type PairService,
  type Site,
  serviceOf,
  stateFiles,
} from "../site.js";
import { serviceNodesLimit, startLimit } from "./limits.js";
import { addresses, files, fullName, hold, hostname, linkUnit, owner } from "./names.js";
import type { Part } from "./types.js";

const vital = (unit: string, makes: string, limit: number): Part => ({
  unit,
  makes,
  vital: true,
  limit,
});
const other = (unit: string, makes: string, limit: number): Part => ({
  unit,
  makes,
  vital: false,
  limit,
});

const runs = ({ service }: PairService): string => `runs ${service.label}`;

/** The parts of `xcatha.target`, in the order in which they start. */
export const partsOf = (site: Site): readonly Part[] => {
  const { pair, directories, services } = site;
  const start = startLimit(site);
  const of = (kind: string) => services.filter((entry) => entry.kind === kind);
  const limits: Readonly<Record<string, number>> = {
    database: pair.timeouts.database,
    xcatd: pair.timeouts.xcatd,
  };
  const packaged = (kinds: readonly string[], make: typeof vital): readonly Part[] =>
    kinds.flatMap((kind) =>
      of(kind).map((entry) =>
        make(fullName(entry.service.unit), runs(entry), limits[kind] ?? start),
      ),
    );
  const made = networkTimeout + start;
  const several = pair.further.length === 0 ? "" : "s";
  return [
    vital(owner, "owns the pair, under the epoch that it was handed", 30),
    ...addresses(pair).map((unit, index) =>
      vital(
        unit,
        // Which that is, the host's settings say.
        index === 0 ? "holds the virtual IP" : `holds the virtual IP of network ${index + 1}`,
        20,
      ),
    ),
    ...(pair.hostname.change ? [vital(hostname, "has the virtual hostname", 20)] : []),
    ...directories.map((path) => vital(linkUnit(path), `has ${path} on the shared data`, 60)),
    ...packaged(["before-xcat", "database", "xcatd"], vital),
    other(
      hold,
      pair.hostname.change
        ? `puts the virtual IP${several} and its hostname back when something takes them away`
        : `puts the virtual IP${several} back when something takes ${several ? "them" : "it"} away`,
      20,
    ),
    ...(carriesFiles(site)
      ? [
          other(
            files,
            `has the files that go with the service (${[...carriedFiles(site), ...(stateFiles(site).length > 0 ? ["DHCP's leases"] : [])].join(", ")})`,
            60,
          ),
        ]
      : []),
    other("xcatha-root-key.service", "has the root key that the nodes know", 60),
    other(
      "xcatha-names.service",
      "knows the names that the last active host knew (/etc/hosts)",
      made,
    ),
    other("xcatha-policy.service", "trusts both hosts in xCAT's policy table", 300),
    other(
      "xcatha-service-nodes.service",
      "has started xcatd anew on xCAT's service nodes",
      serviceNodesLimit,
    ),
    ...packaged(["dns"], other),
    ...(serviceOf(site, "dns")
      ? [other("xcatha-dns.service", "has written the DNS zones (makedns -n)", made)]
      : []),
    ...(serviceOf(site, "dhcp")
      ? [
          other(
            "xcatha-dhcp.service",
            "has told DHCP the networks and nodes (makedhcp -n, makedhcp -a)",
            2 * networkTimeout + start,
          ),
        ]
      : []),
    ...(pair.console === "none"
      ? []
      : [
          other(
            "xcatha-console.service",
            `has written the consoles (${pair.console === "conserver" ? "makeconservercf" : "makegocons"})`,
            made,
          ),
        ]),
    ...packaged(["http", "nfs", "after-xcat"], other),
  ];
};
