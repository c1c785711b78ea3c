import { debianFlavour } from "./debian.js";

/** What prepare.sh makes of Debian 12 in Ubuntu's stead. */
export const ubuntu24 = debianFlavour({
  platform: "ubuntu24",
  root: "host-ubuntu24",
  postgresql: "16",
});
