import type { HaPair } from "../../model/types.js";
import { networkTimeout } from "../roles/network.js";
import { carriedFiles, carriesFiles, type Site, serviceOf } from "../site.js";
import { serviceNodesLimit, startLimit } from "./limits.js";
import {
  addresses,
  announcements,
  files,
  fullName,
  hold,
  hostname,
  owner,
  program,
} from "./names.js";
import { partsOf } from "./parts.js";
import type { Entry, UnitFile } from "./types.js";

const environment: Entry = ["EnvironmentFile", "/etc/xcatha/host.conf"];

/** A setting of the host, as systemd puts it in. */
const setting = (name: string): string => `\${${name}}`;

const bound = (to: readonly string[], after: readonly string[] = []): readonly Entry[] => [
  ["BindsTo", to.join(" ")],
  ["After", [...to, ...after].join(" ")],
];

/** A command that leaves something behind, and is done with when it ends. */
const oneshot = (
  start: number,
  lines: readonly Entry[],
  stop: number = start,
): readonly Entry[] => [
  ["Type", "oneshot"],
  ["RemainAfterExit", "yes"],
  ...lines,
  ["TimeoutStartSec", String(start)],
  ["TimeoutStopSec", String(stop)],
];

const ownerUnit = ({ pair }: Site): UnitFile => ({
  path: owner,
  comment: ["Everything of the pair is bound to this unit: when it stops, all of it stops."],
  unit: [
    ["Description", `${pair.name}: this host owns the pair`],
    ["RequiresMountsFor", pair.shared.path],
    ["ConditionPathExists", "/run/xcatha/epoch"],
  ],
  service: [
    ["ExecStartPre", `${program("owner")} check`],
    ["ExecStart", `${program("owner")} watch`],
    ["ExecStopPost", "/usr/bin/rm -f /run/xcatha/epoch"],
    ["OOMScoreAdjust", "-1000"],
    ["TimeoutStartSec", "30"],
    ["TimeoutStopSec", "10"],
  ],
});

/** The units of one virtual IP: what holds it, and what tells its network. */
const ofAddress = (pair: HaPair, index: number): readonly UnitFile[] => {
  const [address = "", announce = ""] = [addresses(pair)[index], announcements(pair)[index]];
  // Of a further network the settings have its number behind their names.
  const of = (name: string): string => setting(index === 0 ? name : `${name}_${index + 1}`);
  const held = `${of("VIRTUAL_ADDRESS")}/${of("VIRTUAL_PREFIX")} dev ${of("NIC")}`;
  const which = index === 0 ? "the virtual IP" : `the virtual IP of network ${index + 1}`;
  return [
    {
      path: address,
      comment: [
        "Without the setting, where the host's own address came second, the kernel would take it away with this one.",
      ],
      unit: [["Description", `${pair.name}: this host holds ${which}`], ...bound([owner])],
      service: oneshot(10, [
        environment,
        [
          "ExecStartPre",
          `-/usr/sbin/sysctl -q -w net/ipv4/conf/${of("NIC")}/promote_secondaries=1`,
        ],
        ["ExecStart", `/usr/sbin/ip address replace ${held}`],
        ["ExecStop", `-/usr/sbin/ip address del ${held}`],
      ]),
    },
    {
      path: announce,
      comment: ["Neighbours learn the new place at once; nothing waits for it."],
      unit: [
        ["Description", `${pair.name}: the network is told where ${which} is`],
        ...bound([address]),
      ],
      service: [
        // Once for each time that the address comes: a repeated activation tells nobody again.
        ["RemainAfterExit", "yes"],
        environment,
        ["ExecStart", `-/usr/bin/arping -q -U -c 5 -I ${of("NIC")} ${of("VIRTUAL_ADDRESS")}`],
      ],
    },
  ];
};

const identity = ({ pair }: Site): readonly UnitFile[] => [
  ...addresses(pair).flatMap((_, index) => ofAddress(pair, index)),
  ...(pair.hostname.change
    ? [
        {
          path: hostname,
          comment: [
            "The kernel's name alone: /etc/hostname keeps the host's own for the next boot.",
          ],
          unit: [
            ["Description", `${pair.name}: this host has the virtual hostname`] as Entry,
            ...bound([owner], addresses(pair)),
          ],
          service: oneshot(10, [
            environment,
            ["ExecStart", `/usr/bin/hostname ${setting("VIRTUAL_HOSTNAME")}`],
            ["ExecStop", `/usr/bin/hostname ${setting("OWN_HOSTNAME")}`],
          ]),
        },
      ]
    : []),
];

/** Bound to the address and stopped before it: what a host gives up is not put back. */
const keeper = ({ pair }: Site): UnitFile => ({
  path: hold,
  comment: ["The network's own programs take away what they did not bring: here it comes back."],
  unit: [
    [
      "Description",
      `${pair.name}: the virtual IP${pair.further.length === 0 ? " stays" : "s stay"} while this host owns the pair`,
    ],
    ...bound([owner, ...addresses(pair)], pair.hostname.change ? [hostname] : []),
  ],
  service: [
    ["ExecStart", `${program("address")} hold`],
    ["Restart", "always"],
    ["RestartSec", "2"],
    ["TimeoutStopSec", "2"],
  ],
});

const links = ({ pair }: Site): UnitFile => ({
  path: "xcatha-link@.service",
  comment: [],
  unit: [
    ["Description", `${pair.name}: %f is the one on the shared data`],
    ...bound([owner], [...addresses(pair), ...(pair.hostname.change ? [hostname] : [])]),
  ],
  service: oneshot(60, [
    ["ExecStart", `${program("link")} put %f`],
    ["ExecStop", `${program("link")} remove %f`],
  ]),
});

/** Files that go with the service: there before what reads them starts, kept as they change, and left when it has stopped. */
const carried = (site: Site): readonly UnitFile[] => {
  const { pair } = site;
  const written = carriedFiles(site);
  return [
    ...(carriesFiles(site)
      ? [
          {
            path: files,
            comment: [],
            unit: [
              [
                "Description",
                `${pair.name}: this host has the files of the last active one`,
              ] as Entry,
              ...bound([owner]),
            ],
            service: oneshot(
              60,
              [
                ["ExecStart", program("files take")],
                ["ExecStop", `-${program("files")} leave`],
              ],
              10,
            ),
          },
        ]
      : []),
    ...(written.length > 0
      ? [
          {
            path: "xcatha-files-kept.path",
            comment: [],
            unit: [
              [
                "Description",
                `${pair.name}: a change of the files that go with the service is noticed`,
              ] as Entry,
              ...bound([owner], [files]),
            ],
            watch: written.map((each): Entry => ["PathChanged", each]),
          },
          {
            path: "xcatha-files-kept.service",
            comment: ["Also when a file changes many times within seconds."],
            unit: [
              [
                "Description",
                `${pair.name}: the shared data has the files that go with the service`,
              ] as Entry,
              ...bound([owner], [files]),
              ["StartLimitIntervalSec", "0"] as Entry,
            ],
            service: [
              ["Type", "oneshot"] as Entry,
              ["ExecStart", program("files keep")] as Entry,
              ["TimeoutStartSec", "60"] as Entry,
            ],
          },
        ]
      : []),
  ];
};

/** What is no service: a command whose result stands somewhere. */
const commands = (site: Site): readonly UnitFile[] => {
  const { pair } = site;
  const limit = networkTimeout + startLimit(site);
  const one = (
    id: string,
    description: string,
    after: readonly string[],
    lines: readonly Entry[],
    seconds = limit,
  ): UnitFile => ({
    path: `xcatha-${id}.service`,
    comment: [],
    unit: [
      ["Description", `${pair.name}: ${description}`],
      ...bound([owner], ["xcatd.service", ...after]),
    ],
    // After= alone would start it beside an xcatd that failed, on a host that is about to give everything back.
    service: oneshot(
      seconds,
      [["ExecStartPre", "/bin/systemctl is-active --quiet xcatd.service"], ...lines],
      20,
    ),
  });
  const run = (words: string): Entry => ["ExecStart", program(words)];
  const dns = serviceOf(site, "dns");
  const made = ["xcatha-names.service"];
  return [
    one(
      "names",
      "/etc/hosts has the names that the last active host knew",
      [],
      [run("names take"), ["ExecStop", `-${program("names")} leave`]],
    ),
    one(
      "root-key",
      "root has the key that the nodes know",
      [],
      [run("root-key take"), ["ExecStop", `-${program("root-key")} leave`]],
      30,
    ),
    one("policy", "xCAT's policy table trusts both hosts", [], [run("policy")], 300),
    one(
      "service-nodes",
      "xcatd is started anew on xCAT's service nodes",
      // xdsh needs root's key and the nodes' names.
      ["xcatha-names.service", "xcatha-root-key.service", "xcatha-policy.service"],
      [run("service-nodes start")],
      serviceNodesLimit,
    ),
    ...(dns
      ? [
          // After named, never before it: makedns restarts named, which would wait for this unit.
          one(
            "dns",
            "DNS has the zones of xCAT's tables",
            [...made, fullName(dns.unit)],
            [run("make dns")],
          ),
        ]
      : []),
    ...(serviceOf(site, "dhcp")
      ? [
          one(
            "dhcp",
            "DHCP has the networks and nodes of xCAT's tables",
            made,
            [run("make dhcp")],
            2 * networkTimeout + startLimit(site),
          ),
        ]
      : []),
    ...(serviceOf(site, "console")
      ? [
          one(
            "console",
            "the console server has the nodes of xCAT's tables",
            // Last: consoles whose machines do not answer bring the load up.
            [
              ...made,
              ...(dns ? ["xcatha-dns.service"] : []),
              ...(serviceOf(site, "dhcp") ? ["xcatha-dhcp.service"] : []),
            ],
            [run("make console")],
          ),
        ]
      : []),
  ];
};

const target = (site: Site): UnitFile => ({
  path: "xcatha.target",
  comment: [
    "It wants its parts and requires none: a restart of one by hand takes no other down. Activation asks each by itself.",
  ],
  unit: [
    ["Description", `${site.pair.name}: this host is the active one`],
    ...bound([owner]),
    ...partsOf(site)
      .filter(({ unit }) => unit !== owner)
      .map(({ unit }): Entry => ["Wants", unit]),
    ...announcements(site.pair).map((unit): Entry => ["Wants", unit]),
    ...(carriedFiles(site).length > 0 ? [["Wants", "xcatha-files-kept.path"] as Entry] : []),
  ],
});

const stray = ({ pair }: Site): readonly UnitFile[] => [
  {
    path: "xcatha-stray.path",
    comment: ["restartxcatd, which upgrades of xCAT call, starts xcatd past systemd."],
    unit: [["Description", `${pair.name}: an xcatd that was started past systemd is noticed`]],
    watch: [["PathChanged", "/run/xcatd.pid"]],
    install: [["WantedBy", "multi-user.target"]],
  },
  {
    path: "xcatha-stray.service",
    comment: [],
    unit: [
      ["Description", `${pair.name}: an xcatd on a host that does not own the pair is ended`],
      ["ConditionPathExists", "!/run/xcatha/epoch"],
    ],
    service: [
      ["Type", "oneshot"],
      ["ExecStart", program("end-stray")],
      ["TimeoutStartSec", "30"],
    ],
  },
];

/** The kit's own units. */
export const ownUnits = (site: Site): readonly UnitFile[] => [
  ownerUnit(site),
  ...identity(site),
  keeper(site),
  links(site),
  ...carried(site),
  ...commands(site),
  target(site),
  ...stray(site),
];
