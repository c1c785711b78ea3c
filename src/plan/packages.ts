import type { Site } from "./site.js";

/** Packages of xCAT and of what the pair serves: the hosts have to have the same of each. */
export const servingPackages = ({ platform, services }: Site): readonly string[] => [
  ...new Set([...platform.xcatPackages, ...services.flatMap(({ service }) => service.packages)]),
];

/** Packages that the pair needs of xCAT's own repositories, beside xCAT. */
export const packagesFromXcat = ({ services }: Site): readonly string[] =>
  services.filter(({ service }) => service.fromXcat).flatMap(({ service }) => service.packages);

/** Packages to install after the tools: services and time; xCAT's too, unless go-xcat makes their repositories known. */
export const packagesToInstall = (site: Site): readonly string[] => {
  const { pair, platform, services } = site;
  const all = [
    ...services
      .filter(({ service }) => !service.fromXcat)
      .flatMap(({ service }) => service.packages),
    ...(pair.ntp === "none" ? [] : platform.ntp.packages),
    ...(pair.xcat.source.kind === "packages"
      ? [...packagesFromXcat(site), ...platform.xcatPackages]
      : []),
  ];
  return [...new Set(all)].filter((name) => !platform.toolPackages.includes(name));
};
