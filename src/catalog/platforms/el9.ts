import { rhelPlatform } from "../families/rhel.js";

export const el9 = rhelPlatform({
  name: "el9",
  title: "RHEL 9 and its rebuilds",
  version: "9",
  python: "3.9",
  dhcp: "isc",
});
