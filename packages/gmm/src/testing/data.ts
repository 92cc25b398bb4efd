import { dataset, rows, type Dataset, type DataSpec, type Key } from "@gen/core";
import { normals64, randints } from "@gen/core/random";
import { iris, species } from "./iris.js";

export const points = (columns: number): DataSpec => ({
  kind: "points",
  fields: { x: { type: "real", shape: [columns] } },
});

export const labelled = (columns: number, names: readonly string[]): DataSpec => ({
  kind: "points",
  fields: {
    x: { type: "real", shape: [columns] },
    y: { type: "category", shape: [], levels: names.length, names, role: "y" },
  },
});

/** Rows around a few centres, row-major, with unequal spread. */
export function blobs(key: Key, count: number, columns: number, centres = 3): Float64Array {
  const noise = normals64(key.fold("noise"), count * columns);
  const places = normals64(key.fold("places"), centres * columns);
  const chosen = randints(key.fold("chosen"), count, centres);
  return noise.map((value, i) => {
    const centre = chosen[Math.floor(i / columns)]!;
    return 4 * places[centre * columns + (i % columns)]! + (0.5 + centre) * value;
  });
}

export const unlabelledData = (x: Float64Array, columns: number): Dataset =>
  dataset(points(columns), rows({ x: { data: x, shape: [columns] } }));

export const labelledData = (
  x: Float64Array,
  columns: number,
  y: Int32Array,
  names: readonly string[],
): Dataset => dataset(labelled(columns, names), rows({ x: { data: x, shape: [columns] }, y }));

const irisX = Float64Array.from(iris.flat());
export const irisData = unlabelledData(irisX, 4);
export const irisLabelled = labelledData(irisX, 4, species, ["setosa", "versicolor", "virginica"]);
