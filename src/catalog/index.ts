import type { PlatformName } from "../model/types.js";
import { debian11 } from "./platforms/debian11.js";
import { debian12 } from "./platforms/debian12.js";
import { debian13 } from "./platforms/debian13.js";
import { el8 } from "./platforms/el8.js";
import { el9 } from "./platforms/el9.js";
import { el10 } from "./platforms/el10.js";
import { sles15 } from "./platforms/sles15.js";
import { ubuntu22 } from "./platforms/ubuntu22.js";
import { ubuntu24 } from "./platforms/ubuntu24.js";
import type { Platform } from "./types.js";

/** Adding a name to `platformNames` does not compile until its file is registered here. */
const byName: Readonly<Record<PlatformName, Platform>> = {
  el8,
  el9,
  el10,
  sles15,
  ubuntu22,
  ubuntu24,
  debian11,
  debian12,
  debian13,
};

/** All that the catalog knows, in the order of `platformNames`. */
export const platforms: readonly Platform[] = Object.values(byName);

export const getPlatform = (name: PlatformName): Platform => byName[name];
