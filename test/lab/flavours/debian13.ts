import { debianFlavour } from "./debian.js";

/** Bare Debian 13. */
export const debian13 = debianFlavour({
  platform: "debian13",
  root: "host-debian13",
  postgresql: "17",
});
