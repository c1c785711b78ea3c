import { debianPlatform } from "../families/debian.js";

export const debian13 = debianPlatform({
  name: "debian13",
  title: "Debian 13",
  osRelease: { ids: ["debian"], version: "13" },
  python: "3.13",
  postgresql: "17",
  defaultDhcp: "isc",
});
