import { expect, test } from "vitest";
import type { Flavour } from "../../lab/flavour.js";
import { flavours } from "../../lab/shape.js";
import { mainJob, remainder, selection, type Variant } from "../../lab/variants.js";

const rows = [mainJob, ...selection, ...remainder].map(({ id: _id, ...choices }) =>
  Object.entries(choices).map(([axis, value]) => `${axis}=${value}`),
);
const values = [...new Set(rows.flat())].sort();
const axisOf = (value: string) => value.split("=")[0];

/** What hosts of a flavour cannot have: EL has no conserver, EL 9 no Kea for xCAT, Debian 11 no Kea. */
const lacks = ({ consoles, dhcps }: Flavour): readonly string[] => {
  const absent = (axis: keyof Variant, has: object) =>
    values.filter((value) => {
      const [of, name = ""] = value.split("=");
      return of === axis && name !== "none" && !(name in has);
    });
  return [...absent("console", consoles), ...absent("dhcp", dhcps)];
};
const impossible = Object.entries(flavours).flatMap(([name, flavour]) =>
  lacks(flavour).flatMap((value) => [`flavour=${name} ${value}`, `${value} flavour=${name}`]),
);

test("in the lab's table of pairs every value meets every value of each other axis", () => {
  const meets = (a: string, b: string) => rows.some((row) => row.includes(a) && row.includes(b));
  const missing = values.flatMap((a) =>
    values.filter((b) => axisOf(a) !== axisOf(b) && !meets(a, b)).map((b) => `${a} ${b}`),
  );
  expect(missing.sort()).toEqual(impossible.sort());
});
