import { rows, type DataSpec } from "@gen/core";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { png } from "./png.js";

test.each([
  ["levels", { type: "category", levels: 3 }, Int32Array.of(0, 1, -1, 2), [0, 128, 128, 255]],
  ["numbers", { type: "real" }, Float64Array.of(0, 0.2, NaN, 7), [0, 51, 128, 255]],
] as const)("a picture of %s, its missing pixels grey", (_, field, data, expected) => {
  const shape = [2, 2, 1];
  const spec: DataSpec = { kind: "images", fields: { image: { ...field, shape } } };
  expect([...decode(png(rows({ image: { data, shape } }), spec)).data]).toEqual(expected);
});
