import { pairUnits, type Site } from "../site.js";
import { step } from "../step.js";
import type { Step } from "../types.js";

const stopSteps = (site: Site): readonly Step[] => {
  const stops = [
    { unit: "xcatd", label: "xcatd", register: "__activate_xcatd" },
    ...(site.engine
      ? [{ unit: site.engine.unit, label: site.engine.label, register: "__activate_database" }]
      : []),
    ...site.services
      .filter(({ kind }) => kind === "before-xcat")
      .toReversed()
      .map(({ service }) => ({
        unit: service.unit,
        label: service.unit,
        register: `__activate_${service.unit.replace(/\W/g, "_")}`,
      })),
  ];
  return stops.map(({ unit, label, register }) =>
    step({
      id: `undo-${unit}`,
      title: `Stop ${label} again`,
      effect: `${label} is as it was before.`,
      bound: site.pair.timeouts.stop * 4,
      template: "undo/stop-unit",
      data: { unit, register },
    }),
  );
};

/** Takes back what an activation that failed did, in reverse order. */
export const undoSteps = (site: Site): readonly Step[] => {
  const bind = site.pair.shared.method === "bind";
  const simple = (id: string, title: string, bound = 30, data = {}): Step =>
    step({
      id: `undo-${id}`,
      title,
      effect: "As it was before.",
      bound,
      template: `undo/${id}`,
      data,
    });
  return [
    ...stopSteps(site),
    simple("links", "Take the links away again", 120, { bind }),
    simple("guard", "Let the pair's services no longer start"),
    ...(site.pair.hostname.change ? [simple("hostname", "Give the host its own name back")] : []),
    simple("virtual-ip", "Take the virtual IP away again"),
    simple("owner", "Give the owner record back", 60, { units: pairUnits(site) }),
    ...(site.pair.shared.device === null
      ? []
      : [simple("device", "Unmount the shared data again", 120)]),
  ];
};
