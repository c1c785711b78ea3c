import { rhelPlatform } from "../families/rhel.js";

export const el10 = rhelPlatform({
  name: "el10",
  title: "RHEL 10 and its rebuilds",
  version: "10",
  python: "3.12",
  dhcp: "kea",
});
