import {
  addressesAreIpv4,
  addressesAreOrdinary,
  hostAddressesDiffer,
  virtualDiffersFromHosts,
} from "./addresses.js";
import { backupIsOffSharedData, backupPathIsOwn, backupTimeIsOfDay } from "./backup.js";
import { connectionsAreLegal, connectionsAreNotVirtual, connectionsDiffer } from "./connection.js";
import {
  addedDirectoriesAreApart,
  addedDirectoriesAreLegal,
  droppedDirectoriesAreDefaults,
  neededDirectoriesStay,
} from "./directories.js";
import { fencingCommandsArePlain, fencingCommandsHoldNoPassword } from "./fencing.js";
import { carriedFilesAreLegal } from "./files.js";
import { nicsAreLegal, usersAreLegal } from "./login.js";
import {
  domainIsLegal,
  hostNamesAreNotGroups,
  hostnamesAreLegal,
  hostnamesDiffer,
  identityHasHostname,
  keptNamesArePlaces,
  pairNameIsGroup,
} from "./names.js";
import { platformHasConsole, platformHasDhcp } from "./platform.js";
import type { Rule } from "./rule.js";
import { unitsAreLegal, unitsAreNotOwn, unitsAreNotVital, unitsDiffer } from "./services.js";
import {
  deviceIsMountable,
  deviceIsOutsidePair,
  sharedPathIsAbsolute,
  sharedPathIsApart,
  sharedPathIsOwn,
} from "./shared-path.js";
import {
  addressesAreNotSubnetEnds,
  addressesShareSubnet,
  hostsAreInEachNetwork,
  netmaskAgreesWithPrefix,
  netmaskIsContiguous,
  netmaskOrPrefixIsPresent,
  networksAreApart,
} from "./subnet.js";
import { textIsLiteral } from "./text.js";
import { sourcesAreLegal, versionIsLegal } from "./xcat.js";

/** All rules. Where two speak of the same place, the first is heard: what is more basic comes first. */
export const rules: readonly Rule[] = [
  textIsLiteral,
  addressesAreIpv4,
  addressesAreOrdinary,
  netmaskOrPrefixIsPresent,
  netmaskIsContiguous,
  netmaskAgreesWithPrefix,
  addressesAreNotSubnetEnds,
  addressesShareSubnet,
  networksAreApart,
  hostsAreInEachNetwork,
  hostAddressesDiffer,
  virtualDiffersFromHosts,
  connectionsAreLegal,
  connectionsAreNotVirtual,
  connectionsDiffer,
  hostnamesAreLegal,
  hostnamesDiffer,
  identityHasHostname,
  hostNamesAreNotGroups,
  pairNameIsGroup,
  domainIsLegal,
  keptNamesArePlaces,
  nicsAreLegal,
  usersAreLegal,
  fencingCommandsArePlain,
  fencingCommandsHoldNoPassword,
  sharedPathIsAbsolute,
  sharedPathIsOwn,
  sharedPathIsApart,
  deviceIsMountable,
  deviceIsOutsidePair,
  addedDirectoriesAreLegal,
  addedDirectoriesAreApart,
  droppedDirectoriesAreDefaults,
  neededDirectoriesStay,
  carriedFilesAreLegal,
  backupPathIsOwn,
  backupIsOffSharedData,
  backupTimeIsOfDay,
  platformHasConsole,
  platformHasDhcp,
  unitsAreLegal,
  unitsDiffer,
  unitsAreNotOwn,
  unitsAreNotVital,
  versionIsLegal,
  sourcesAreLegal,
];
