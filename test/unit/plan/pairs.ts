import { getPlatform, platforms } from "../../../src/catalog/index.js";
import { type HaPair, platformNames } from "../../../src/model/types.js";
import { exampleNames, pairOf as pairOfText, readExampleModel } from "../../golden/examples.js";
import { type Edits, pairOf } from "../model/models.js";

/** A pair under the name that test reports show. */
export type NamedPair = readonly [name: string, pair: HaPair];

const device = "/dev/disk/by-id/wwn-0x600508b1001c9c80";

/** What a pair may add or leave out; the options pass over the combinations in turn. */
const options: readonly Edits[] = [
  {},
  { "/hostname/change": false },
  { "/dns": false, "/nfs": false, "/http": false, "/tftp": false, "/ntp": "none" },
  { "/hosts/0/fencing": { status: "power status host1", off: "power off host1" } },
  {
    "/services": ["first", "second@1", "third", "fourth"].map((unit, index) => ({
      unit,
      place: index < 2 ? "before-xcat" : "after-xcat",
    })),
  },
  {
    "/virtual": [
      { address: "10.5.106.50", prefix: 24, nic: "eth0", hostname: "hamn" },
      { address: "10.20.0.50", prefix: 24, nic: "ib0" },
      { address: "10.30.0.50", prefix: 22, nic: "eth2", hostname: "hamn-boot" },
    ],
    "/hosts/0/addresses": [{ address: "10.20.0.70" }, { address: "10.30.0.70" }],
    "/hosts/1/addresses": [{ address: "10.20.0.5", nic: "ib1" }, { address: "10.30.0.5" }],
    "/hosts/0/ansible_host": "192.168.7.11",
  },
  {
    "/xcat/source": "packages",
    "/shared/directories": { add: ["/opt/site"], drop: ["/tftpboot"] },
  },
];

const named = (name: string, edits: Edits): NamedPair => [name, pairOf(edits)];

/** Every platform with every database, link method, and with and without a device. */
const structures: readonly NamedPair[] = platformNames
  .flatMap((platform) =>
    (["postgresql", "mariadb", "sqlite"] as const).flatMap((database) =>
      (["symlink", "bind"] as const).flatMap((method) =>
        [undefined, device].map((mount) => ({ platform, database, method, mount })),
      ),
    ),
  )
  .map(({ platform, database, method, mount }, index) =>
    named(`${platform} ${database} ${method}${mount ? " device" : ""}`, {
      "/platform": platform,
      "/database": database,
      "/shared/method": method,
      "/shared/device": mount,
      ...options[index % options.length],
    }),
  );

/** Every console and every DHCP server that a platform has, or none. */
const servers: readonly NamedPair[] = platforms.flatMap(({ name: platform }) => {
  const { console, dhcp } = getPlatform(platform);
  return [...Object.keys(console), "none"].flatMap((kind) =>
    [...Object.keys(dhcp), "none"].map((server) =>
      named(`${platform} ${kind} ${server}`, {
        "/platform": platform,
        "/console": kind,
        "/dhcp": server,
      }),
    ),
  );
});

/** The pairs of the worked examples. */
const examplePairs: readonly NamedPair[] = exampleNames.map((example) => [
  `generated/${example}`,
  pairOfText(readExampleModel(example)),
]);

/** Every kind of pair that the model accepts. */
export const everyPair: readonly NamedPair[] = [...examplePairs, ...structures, ...servers];
