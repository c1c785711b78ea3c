import type { Site } from "./site.js";

/** Packages of xCAT and of what the pair serves: the hosts have to have the same of each. */
export const servingPackages = ({ platform, services }: Site): readonly string[] => [
  ...new Set([...platform.xcatPackages, ...services.flatMap(({ service }) => service.packages)]),
];

/** Packages to install: tools, services and time, and xCAT itself if it comes from a repository. */
export const packagesToInstall = (site: Site): readonly string[] => {
  const { pair, platform, services } = site;
  const all = [
    ...platform.toolPackages,
    ...services.flatMap(({ service }) => service.packages),
    ...(pair.ntp === "none" ? [] : platform.ntp.packages),
    ...(pair.xcat.source.kind === "packages" ? platform.xcatPackages : []),
  ];
  return [...new Set(all)];
};
