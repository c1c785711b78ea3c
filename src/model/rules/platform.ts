import { getPlatform } from "../../catalog/index.js";
import type { Rule } from "./rule.js";

const words = (names: readonly string[]): string =>
  [...names, "none"].map((name) => `\`${name}\``).join(" or ");

export const platformHasConsole: Rule = function* (draft) {
  const { platform: name, console } = draft;
  if (name === undefined || console === undefined || console === "none") return;
  const platform = getPlatform(name);
  if (platform.console[console] !== undefined) return;
  yield {
    code: "platform-lacks-console",
    message: `${name} (${platform.title}) has no ${console}.`,
    fix: `write ${words(Object.keys(platform.console))}.`,
    path: ["console"],
  };
};

export const platformHasDhcp: Rule = function* (draft) {
  const { platform: name, dhcp } = draft;
  if (name === undefined || dhcp === undefined || dhcp === "none") return;
  const platform = getPlatform(name);
  if (platform.dhcp[dhcp] !== undefined) return;
  yield {
    code: "platform-lacks-dhcp",
    message: `${name} (${platform.title}) has no DHCP server of the kind ${dhcp}.`,
    fix: `write ${words(Object.keys(platform.dhcp))}.`,
    path: ["dhcp"],
  };
};
