import { debianPlatform } from "../families/debian.js";

export const debian12 = debianPlatform({
  name: "debian12",
  title: "Debian 12",
  osRelease: { ids: ["debian"], version: "12" },
  python: "3.11",
  postgresql: "15",
  defaultDhcp: "isc",
});
