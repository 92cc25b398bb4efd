import type { DataSpec } from "@gen/core";
import { expect, test } from "vitest";
import { axisNames, boundsOf, isPlanar, planarPoints, planarRows } from "./planar.js";

const pair: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [2] } } };
const apart: DataSpec = {
  kind: "table",
  fields: {
    width: { type: "real", shape: [] },
    kind: { type: "category", shape: [], levels: 2, role: "y" },
    height: { type: "real", shape: [] },
  },
};
const space: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [3] } } };

test("two real numbers are planar, in one column or two, whatever the labels", () => {
  expect([pair, apart, space].map(isPlanar)).toEqual([true, true, false]);
  expect(axisNames(pair)).toEqual(["x[0]", "x[1]"]);
  expect(axisNames(apart)).toEqual(["width", "height"]);
});

test.each([pair, apart])("points become rows and points again", (spec) => {
  const points = Float64Array.of(1, 2, 3, 4, 5, 6);
  const rows = planarRows(points, spec);
  expect(rows.length).toBe(3);
  expect(planarPoints(rows, spec)).toEqual(points);
  if (spec === apart) expect(rows.columns["height"]?.data).toEqual(Float64Array.of(2, 4, 6));
});

test("bounds hold all points with a margin, and something where there are none", () => {
  expect(boundsOf(Float64Array.of(0, 10, 2, 30), 0.5)).toEqual({ x: [-1, 3], y: [0, 40] });
  expect(boundsOf(Float64Array.of(1, 1), 0.5)).toEqual({ x: [0.5, 1.5], y: [0.5, 1.5] });
  expect(boundsOf(new Float64Array())).toEqual({ x: [-1, 1], y: [-1, 1] });
});
