import type { HaPair } from "../model/types.js";
import { playbooks } from "./playbooks.js";
import { activateRole } from "./roles/activate.js";
import { deactivateRole } from "./roles/deactivate.js";
import { fenceRole } from "./roles/fence.js";
import { hostKitRole } from "./roles/host-kit.js";
import { installXcatRole } from "./roles/install-xcat.js";
import { shareDataRole } from "./roles/share-data.js";
import { standbyRole } from "./roles/standby.js";
import { statusRole } from "./roles/status.js";
import { switchDbRole } from "./roles/switch-db.js";
import { upgradeRole } from "./roles/upgrade.js";
import { type Site, siteOf } from "./site.js";
import type { Plan } from "./types.js";

/** Plans everything that is rendered for a pair. Pure: the same pair gives the same plan. */
export const planOf = (pair: HaPair): { readonly site: Site; readonly plan: Plan } => {
  const site = siteOf(pair);
  const roles = [
    hostKitRole(site),
    installXcatRole(site),
    switchDbRole(site),
    shareDataRole(site),
    standbyRole(site),
    activateRole(site),
    deactivateRole(site),
    ...(site.fencing ? [fenceRole(site)] : []),
    statusRole(site),
    upgradeRole(site),
  ];
  return { site, plan: { roles, playbooks } };
};
