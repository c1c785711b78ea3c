import { debianPlatform } from "../families/debian.js";

export const ubuntu24 = debianPlatform({
  name: "ubuntu24",
  title: "Ubuntu 24.04 LTS",
  osRelease: { ids: ["ubuntu"], version: "24.04" },
  python: "3.12",
  postgresql: "16",
  defaultDhcp: "kea",
});
