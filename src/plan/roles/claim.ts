import { longestStop } from "../kit/limits.js";
import { addresses } from "../kit/names.js";
import { refusals } from "../refusals.js";
import type { Site } from "../site.js";
import { refuse, step } from "../step.js";
import type { Step } from "../types.js";

const peerCheck = (site: Site): Step =>
  refuse({
    id: "peer",
    title: "Refuse while the peer is active",
    effect:
      "The peer runs none of the pair's services and does not hold the virtual IP, or it does not answer.",
    refusal: refusals(site).peer,
  });

const ownerCheck = (site: Site): Step =>
  refuse({
    id: "owner-allows",
    title: "Refuse while the owner record names the peer",
    effect: "The owner record names this host or nobody, or the peer is fenced.",
    refusal: refusals(site)["owner-allows"],
  });

/** Looks for another holder of the virtual IP; while the peer still serves, for one that is not the peer. */
export const unusedCheck = (site: Site): Step =>
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
  askAgain("ask"),
  peerCheck(site),
  refuse({
    id: "alive",
    title: "Refuse to believe that a host is fenced that still answers",
    effect: "The peer that the operator named answers nothing: no ssh, no xcatd, no ping.",
    refusal: refusals(site).alive,
  }),
  ...(site.pair.shared.device === null
    ? [
        ownerCheck(site),
        step({
          id: "quiet",
          title: "Refuse to believe that a host is fenced that still writes to the shared data",
          effect: "The peer that the operator named shows no sign of life.",
          refusal: refusals(site).quiet,
          template: "activate/quiet",
        }),
      ]
    : []),
  { ...unusedCheck(site), from: { role: "activate", stage: "stranger" } },
];

/** Where the data is on a device of its own, which one host mounts at a time. */
export const mountDevice = (site: Site): readonly Step[] =>
  site.pair.shared.device === null
    ? []
    : [
        step({
          id: "mount-device",
          title: "Mount the shared data",
          effect: "The shared data is mounted on this host.",
          undo: "Deactivation unmounts it.",
          bound: 120,
          template: "activate/mount-device",
        }),
      ];

const mountedFromStage = (site: Site): readonly Step[] =>
  mountDevice(site).map((mount) => ({ ...mount, from: { role: "activate", stage: "mount" } }));

/** What comes between the checks and the start; nothing else may start this host, and nobody another. */
export const claimSteps = (site: Site): readonly Step[] => [
  step({
    id: "remember",
    title: "Remember how the host was before",
    effect: "It is known whether this host was active before this run.",
    template: "activate/remember",
  }),
  ...(site.pair.shared.device === null
    ? []
    : [...mountedFromStage(site), askAgain("ask-mounted"), ownerCheck(site)]),
  step({
    id: "take-owner",
    title: "Take the owner record, and hand its epoch to this host",
    effect:
      "The owner record names this host, one epoch later; only under that epoch can it start.",
    undo: "Deactivation gives it back.",
    bound: 60,
    template: "activate/take-owner",
  }),
  step({
    id: "look-again",
    title: "Refuse if the peer became active meanwhile",
    effect: "The peer, asked after the record was taken, serves nothing.",
    refusal: refusals(site)["look-again"],
    bound: 60,
    template: "activate/look-again",
  }),
  step({
    id: "outlast",
    title: "Wait as long as a living peer would need to stop itself",
    effect:
      "A peer that was fenced by word alone has seen the younger epoch, and stopped everything.",
    bound: longestStop(site) + 30,
    template: "activate/outlast",
    data: { seconds: longestStop(site) + 30 },
  }),
];

/** What makes the shared data the pair's, in a setup: there may be no marker, no record and no data yet. */
export const markSteps = (site: Site): readonly Step[] => [
  ...mountedFromStage(site),
  step({
    id: "marker",
    title: "Mark the shared data as this pair's",
    effect: "The shared data bears the pair's marker and an owner record.",
    bound: 60,
    template: "activate/marker",
  }),
  askAgain("ask-marked"),
  ...(site.pair.shared.device === null
    ? [
        refuse({
          id: "same-data",
          title: "Refuse if the hosts see different data",
          effect: "Both hosts read the same marker.",
          refusal: refusals(site)["same-data"],
        }),
      ]
    : []),
];

/** What a setup takes before there is anything to serve. */
export const identitySteps = (site: Site): readonly Step[] => [
  step({
    id: "identity",
    title: "Take the virtual IP and its hostname",
    effect:
      "This host holds the virtual IP, and bears its hostname, until it is deactivated or reboots.",
    undo: "Deactivation takes them away.",
    bound: 60,
    template: "activate/identity",
    data: { addresses: addresses(site.pair), hostname: site.pair.hostname.change },
  }),
];
