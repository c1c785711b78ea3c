import { refusals } from "../refusals.js";
import type { Site } from "../site.js";
import { step } from "../step.js";
import type { Step } from "../types.js";

export const remember = (): Step =>
  step({
    id: "remember",
    title: "Remember how the host was before",
    effect: "What this run changes can be told from what it found.",
    template: "activate/remember",
  });

const peerCheck = (site: Site, reserve: boolean): Step =>
  step({
    id: "peer",
    title: "Refuse while the peer is active",
    effect:
      "The peer runs none of the pair's services and does not hold the virtual IP, or it does not answer.",
    refusal: refusals(site).peer,
    template: "activate/peer",
    data: { device: site.pair.shared.device !== null, reserve },
  });

const ownerCheck = (site: Site): Step =>
  step({
    id: "owner-allows",
    title: "Refuse while the owner record names the peer",
    effect: "The owner record names this host or nobody, or the peer is fenced.",
    refusal: refusals(site)["owner-allows"],
    template: "activate/owner-allows",
  });

const unusedCheck = (site: Site): Step =>
  step({
    id: "virtual-ip-unused",
    title: "Refuse while another machine holds the virtual IP",
    effect: "Neither ping nor ARP finds the virtual IP elsewhere.",
    refusal: refusals(site)["virtual-ip-unused"],
    template: "activate/virtual-ip-unused",
  });

/** Asks both hosts again, for what only the mounted or marked shared data tells. */
export const askAgain = (id: string): Step =>
  step({
    id,
    title: "Ask both hosts what they are now",
    effect: "The answers are those of now.",
    bound: 90,
    template: "status/ask-role",
  });

/** Checks that are made when the peer no longer serves, before the first change. */
export const takeoverSteps = (site: Site): readonly Step[] => [
  peerCheck(site, false),
  ...(site.pair.shared.device === null ? [ownerCheck(site)] : []),
  unusedCheck(site),
];

const mountDevice = (site: Site): readonly Step[] =>
  site.pair.shared.device === null
    ? []
    : [
        step({
          id: "mount-device",
          title: "Mount the shared data",
          effect: "The shared data is mounted on this host.",
          undo: "It is unmounted if this run mounted it.",
          bound: 120,
          template: "activate/mount-device",
        }),
      ];

const taking = (site: Site): readonly Step[] => [
  step({
    id: "take-owner",
    title: "Take the owner record",
    effect: "The owner record names this host, one epoch later.",
    undo: "It names again whom it named before.",
    bound: 60,
    template: "activate/take-owner",
  }),
  step({
    id: "virtual-ip",
    title: "Add the virtual IP and announce it",
    effect: "This host holds the virtual IP until it is taken away or the host reboots.",
    undo: "The virtual IP is taken away.",
    template: "activate/virtual-ip",
  }),
  ...(site.pair.hostname.change
    ? [
        step({
          id: "hostname",
          title: "Take the virtual IP's hostname",
          effect: "The host bears the virtual IP's hostname until it reboots.",
          undo: "The host gets its own name back.",
          template: "activate/hostname",
        }),
      ]
    : []),
  step({
    id: "guard",
    title: "Let the pair's services start on this host",
    effect: "/run/xcatha/active exists, until deactivation or a reboot.",
    undo: "It is removed.",
    template: "activate/guard",
  }),
];

/**
 * Steps that make the pair this host's. `reserve` is for setup, when there may be no marker, no
 * record and no data yet; `activate` is for shared data that is complete.
 */
export const claimSteps = (site: Site, purpose: "reserve" | "activate"): readonly Step[] => {
  const device = site.pair.shared.device !== null;
  if (purpose === "activate") {
    const mounted = device ? [...mountDevice(site), askAgain("ask-mounted"), ownerCheck(site)] : [];
    return [...mounted, ...taking(site)];
  }
  return [
    peerCheck(site, true),
    unusedCheck(site),
    ...mountDevice(site),
    step({
      id: "marker",
      title: "Mark the shared data as this pair's",
      effect: "The shared data bears the pair's marker and an owner record.",
      bound: 60,
      template: "activate/marker",
    }),
    askAgain("ask-marked"),
    ...(device
      ? []
      : [
          step({
            id: "same-data",
            title: "Refuse if the hosts see different data",
            effect: "Both hosts read the same marker.",
            refusal: refusals(site)["same-data"],
            template: "activate/same-data",
          }),
        ]),
    ownerCheck(site),
    ...taking(site),
  ];
};
