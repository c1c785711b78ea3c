import { rhelPlatform } from "../families/rhel.js";

export const el8 = rhelPlatform({
  name: "el8",
  title: "RHEL 8 and its rebuilds",
  version: "8",
  python: "3.6",
  dhcp: "isc",
});
