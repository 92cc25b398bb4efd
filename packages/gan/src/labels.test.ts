import { InputError, rows, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { Labels } from "./labels.js";

beforeAll(() => useBackend("cpu"));

type Field = DataSpec["fields"][string];
const spec = (y?: Field): DataSpec => ({
  kind: "points",
  fields: { x: { type: "real", shape: [2] }, ...(y && { y }) },
});
const category: Field = { role: "y", type: "category", shape: [], levels: 3, names: ["a", "b", "c"] };

it("are the field of role y, by number or name", () => {
  expect(Labels.of(spec())).toBeUndefined();
  const labels = Labels.of(spec(category))!;
  expect(labels.classes).toEqual(["a", "b", "c"]);
  expect(labels.given(rows({ y: Int32Array.of(2, 0) }))).toEqual(Int32Array.of(2, 0));
  expect(labels.given(rows({ y: ["b"] }))).toEqual(Int32Array.of(1));
  const hot = tidy(() => labels.oneHot(rows({ y: Int32Array.of(2, 0) })).arraySync());
  expect(hot).toEqual([
    [0, 0, 1],
    [1, 0, 0],
  ]);
});

it("may be all of one class", () => {
  const one = Labels.of(spec({ role: "y", type: "category", shape: [], levels: 1 }))!;
  expect(tidy(() => one.oneHot(rows({ y: Int32Array.of(0, 0) })).arraySync())).toEqual([[1], [1]]);
});

it.each<[string, Field, RegExp]>([
  ["numbers", { role: "y", type: "real", shape: [] }, /not one category for each row/],
  ["several for each row", { ...category, shape: [2] }, /not one category for each row/],
  ["missing ones", { ...category, optional: true }, /may be missing/],
])("refuses %s", (_, field, message) => {
  expect(() => Labels.of(spec(field))).toThrow(InputError);
  expect(() => Labels.of(spec(field))).toThrow(message);
});

it("refuses classes that there are not", () => {
  const labels = Labels.of(spec(category))!;
  for (const y of [Int32Array.of(3), Int32Array.of(-1), new Int32Array(0)])
    expect(() => labels.given(rows({ y }))).toThrow(InputError);
});
