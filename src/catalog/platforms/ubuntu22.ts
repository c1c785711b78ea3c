import { debianPlatform } from "../families/debian.js";

export const ubuntu22 = debianPlatform({
  name: "ubuntu22",
  title: "Ubuntu 22.04 LTS",
  osRelease: { ids: ["ubuntu"], version: "22.04" },
  python: "3.10",
  postgresql: "14",
  defaultDhcp: "kea",
});
