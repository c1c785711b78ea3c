import { expect, test } from "vitest";
import { mainJob, remainder, selection } from "../../lab/variants.js";

const rows = [mainJob, ...selection, ...remainder].map(({ id: _id, ...choices }) =>
  Object.entries(choices).map(([axis, value]) => `${axis}=${value}`),
);
const values = [...new Set(rows.flat())].sort();
const axisOf = (value: string) => value.split("=")[0];

test("in the lab's table of pairs every value meets every value of each other axis", () => {
  const meets = (a: string, b: string) => rows.some((row) => row.includes(a) && row.includes(b));
  const missing = values.flatMap((a) =>
    values.filter((b) => axisOf(a) !== axisOf(b) && !meets(a, b)).map((b) => `${a} ${b}`),
  );
  expect(missing).toEqual([]);
});
