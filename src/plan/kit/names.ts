import type { HaPair } from "../../model/types.js";

/** A path as `systemd-escape --path` writes it in the name of a unit. */
export const escapePath = (path: string): string => {
  const escaped = [...path.replace(/^\/+|\/+$/g, "")].map((sign, index) => {
    if (sign === "/") return "-";
    if (/[\w:]/.test(sign) || (sign === "." && index > 0)) return sign;
    return [...new TextEncoder().encode(sign)]
      .map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`)
      .join("");
  });
  return escaped.join("");
};

/** The unit that makes a path lead to the shared data. */
export const linkUnit = (path: string): string => `xcatha-link@${escapePath(path)}.service`;

/** A unit with its suffix. */
export const fullName = (unit: string): string =>
  /\.(service|socket|target|path|timer|mount)$/.test(unit) ? unit : `${unit}.service`;

export const owner = "xcatha-owner.service";
/** Units that hold the virtual IPs, the pair's own first. */
export const addresses = ({ further }: HaPair): readonly string[] => [
  "xcatha-address.service",
  ...further.map((_, index) => `xcatha-address-${index + 2}.service`),
];
/** Units that tell the network of each where it is. */
export const announcements = (pair: HaPair): readonly string[] =>
  addresses(pair).map((unit) => unit.replace("address", "announce"));
export const hostname = "xcatha-hostname.service";
export const files = "xcatha-files.service";
export const hold = "xcatha-hold.service";

/** Path of a program of the kit. */
export const program = (name: string): string => `/usr/local/libexec/xcatha/${name}`;
