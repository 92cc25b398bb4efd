import { rows, type DataSpec } from "@gen/core";
import { expect, it } from "vitest";
import { columnsOf } from "./columns.js";
import { designOf } from "./design.js";

const spec = (x: DataSpec["fields"]): DataSpec => ({
  kind: "table",
  fields: { ...x, y: { type: "category", shape: [], levels: 2, role: "y" } },
});
const real = (size: number) => ({ type: "real", shape: [size] }) as const;

it("keeps numbers that are mostly 0, and a level as an entry of 1 behind them", () => {
  const columns = columnsOf(spec({ x: real(3), c: { type: "category", shape: [], levels: 2 } }));
  const x = [
    [0, 0.5, 0],
    [0, 0, 0],
    [0, 0, -2],
  ];
  expect(designOf(columns, rows({ x, c: Int32Array.of(1, 0, 1) }))).toEqual({
    rows: 3,
    dense: new Float64Array(0),
    sparse: {
      offsets: Int32Array.of(0, 2, 3, 5),
      features: Uint16Array.of(1, 4, 3, 2, 4),
      values: Float64Array.of(0.5, 1, 1, -2, 1),
    },
  });
});

it("keeps whole numbers that fit as bytes", () => {
  const columns = columnsOf(spec({ x: real(2) }));
  const { dense, sparse } = designOf(columns, rows({ x: [[255, 0], [1, 2]] })); // prettier-ignore
  expect(dense).toHaveLength(0);
  expect(sparse.values).toEqual(Uint8Array.of(255, 1, 2));
  for (const other of [256, -1, 0.5, 2 ** 32])
    expect(designOf(columns, rows({ x: [[other, 0], [0, 0]] })).sparse.values).toEqual(Float64Array.of(other)); // prettier-ignore
});

it("keeps other numbers as they lie, levels beside them", () => {
  const columns = columnsOf(spec({ x: real(2), c: { type: "category", shape: [], levels: 3 } }));
  const x = [
    [0.5, 1.5],
    [0, -1],
  ];
  expect(designOf(columns, rows({ x, c: Int32Array.of(2, 0) }))).toEqual({
    rows: 2,
    dense: Float64Array.of(0.5, 1.5, 0, -1),
    sparse: { offsets: Int32Array.of(0, 1, 2), features: Uint16Array.of(4, 2), values: Uint8Array.of(1, 1) },
  });
});

it("has room for many levels, and nothing of no rows", () => {
  const columns = columnsOf(spec({ c: { type: "category", shape: [], levels: 2 ** 17 } }));
  const { sparse } = designOf(columns, rows({ c: Int32Array.of(2 ** 17 - 1) }));
  expect(sparse.features).toEqual(Int32Array.of(2 ** 17 - 1));
  expect(designOf(columns, rows({ c: new Int32Array(0) })).sparse.offsets).toEqual(Int32Array.of(0));
});

it.each([
  ["a number", real(2), Float64Array.of(0, 0, 1, NaN)],
  [
    "a level that has an order",
    { type: "category", shape: [2], levels: 2, ordered: true } as const,
    Int32Array.of(0, 0, 1, -1),
  ],
])("names column and row where %s is missing", (_, x, data) => {
  const columns = columnsOf(spec({ x }));
  expect(() => designOf(columns, rows({ x: { data, shape: [2] } }))).toThrow(
    /^Column "x" is missing in row 2; fill it in or leave the row out\.$/,
  );
});
