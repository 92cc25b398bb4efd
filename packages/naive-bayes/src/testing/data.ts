import { rows, type DataSpec, type Field, type Key, type Rows } from "@gen/core";
import { normals64, randints, uniforms64 } from "@gen/core/random";
import { iris, species } from "./iris.js";

export const label = (levels: number, optional = false): Field => ({
  type: "category",
  shape: [],
  levels,
  role: "y",
  ...(optional && { optional }),
});

export const table = (fields: DataSpec["fields"]): DataSpec => ({ kind: "table", fields });

/** Two real columns, a pair of categories of three levels, one of two, and a label of three classes that may be missing. */
export const mixedSpec = table({
  height: { type: "real", shape: [], optional: true },
  pair: { type: "real", shape: [2], optional: true },
  colours: { type: "category", shape: [2], levels: 3, optional: true },
  smoker: { type: "category", shape: [], levels: 2, optional: true },
  y: label(3, true),
});

/** Rows of `mixedSpec`, a share of whose values are missing. */
export function mixedRows(key: Key, count: number, missing = 0): Rows {
  const y = randints(key.fold("y"), count, 3);
  const normal = (name: string, size: number): Float64Array =>
    normals64(key.fold(name), count * size).map(
      (z, i) => 5 * y[Math.floor(i / size)]! + (1 + (i % size)) * z,
    );
  const levels = (name: string, size: number, of: number): Int32Array => {
    const drawn = randints(key.fold(name), count * size, of);
    return drawn.map((level, i) => (level === of - 1 ? y[Math.floor(i / size)]! % of : level));
  };
  const gaps = uniforms64(key.fold("gaps"), count * 6);
  const gap = (column: number, row: number): boolean => gaps[row * 6 + column]! < missing;
  return rows({
    height: normal("height", 1).map((value, i) => (gap(0, i) ? NaN : value)),
    pair: {
      data: normal("pair", 2).map((value, i) => (gap(1 + (i % 2), i >> 1) ? NaN : value)),
      shape: [2],
    },
    colours: {
      data: levels("colours", 2, 3).map((value, i) => (gap(3 + (i % 2), i >> 1) ? -1 : value)),
      shape: [2],
    },
    smoker: levels("smoker", 1, 2).map((value, i) => (gap(5, i) ? -1 : value)),
    y,
  });
}

/** `mixedSpec` with a weight for each row. */
export const weighedSpec = table({
  ...mixedSpec.fields,
  times: { type: "real", shape: [], role: "weight" },
});
export const weighed = (x: Rows, times: Float64Array): Rows => ({
  length: x.length,
  columns: { ...x.columns, times: { data: times, shape: [] } },
});

export const irisSpec = table({
  x: { type: "real", shape: [4] },
  y: { type: "category", shape: [], levels: 3, names: ["setosa", "versicolor", "virginica"], role: "y" },
});
export const irisRows = rows({ x: { data: Float64Array.from(iris.flat()), shape: [4] }, y: species });
