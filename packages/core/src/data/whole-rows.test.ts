import { all } from "./chunks.js";
import { dataset } from "./dataset.js";
import { rows } from "./rows.js";
import { subset } from "./views.js";
import { refuseGaps, wholeRows } from "./whole-rows.js";
import type { DataSpec } from "./types.js";
import { expect, test } from "vitest";

const spec: DataSpec = {
  kind: "table",
  fields: {
    a: { type: "real", shape: [], optional: true },
    b: { type: "category", shape: [], levels: 2, optional: true },
  },
};
const data = dataset(spec, rows({ a: Float64Array.of(1, NaN, 3), b: Int32Array.of(0, 1, -1) }));
const needing = (...names: string[]): DataSpec => ({
  kind: "table",
  fields: Object.fromEntries(
    Object.entries(spec.fields).map(([name, field]) => [name, { ...field, optional: !names.includes(name) }]),
  ),
});

test("gaps in a field that must be whole are refused by column and row of the data set", async () => {
  expect(wholeRows(data, spec)).toBe(data);
  await expect(async () => all(wholeRows(data, needing("a")))).rejects.toThrow(/"a" has no value in row 2/);
  await expect(async () => all(wholeRows(data, needing("b")))).rejects.toThrow(/"b" has no value in row 3/);
  await expect(refuseGaps(data, needing("b"))).rejects.toThrow(/"b" has no value in row 3/);
  await refuseGaps(data, spec);
  const some = wholeRows(subset(data, [0]), needing("a", "b"));
  expect((await all(some)).length).toBe(1);
});

test("a column that is not there is a gap in every row", async () => {
  const without = dataset(spec, rows({ a: Float64Array.of(1) }));
  await expect(async () => all(wholeRows(without, needing("b")))).rejects.toThrow(
    /"b" has no value in row 1/,
  );
});
