import { expect, test } from "vitest";
import { platformMeant } from "../../../src/model/platform-meant.js";

test.each([
  ["rhel9", "el9"],
  ["RHEL-9.4", "el9"],
  ["rocky8", "el8"],
  ["Rocky Linux 9", "el9"],
  ["rockylinux9", "el9"],
  ["almalinux_10", "el10"],
  ["redhat 8", "el8"],
  ["sle15sp6", "sles15"],
  ["opensuse-leap15.6", "sles15"],
  ["ubuntu22.04", "ubuntu22"],
  ["ubuntu-24.04", "ubuntu24"],
  ["debian_12", "debian12"],
  ["rhel7", undefined],
  ["debian", undefined],
  ["9", undefined],
  ["", undefined],
])("%s means %s", (word, platform) => {
  expect(platformMeant(word)).toBe(platform);
});
