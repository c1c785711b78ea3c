import { debianFlavour } from "./debian.js";

/** Bare Debian 12. */
export const debian12 = debianFlavour({ platform: "debian12", root: "host", postgresql: "15" });
