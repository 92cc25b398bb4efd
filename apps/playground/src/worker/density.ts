import { has, read, type AnyInstance } from "@gen/core";
import { isPlanar, planarRows } from "../data/planar.js";
import type { Bounds, DensityGrid } from "../engine/protocol.js";

/** The density of a model on a grid over a rectangle; undefined where it has none or its data are not planar. */
export async function densityGrid(
  model: AnyInstance,
  bounds: Bounds,
  size: number,
): Promise<DensityGrid | undefined> {
  if (!has(model, "density") || !isPlanar(model.spec)) return undefined;
  const logs = await read(model.logProb(planarRows(centres(bounds, size), model.spec)));
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  return {
    columns: size,
    rows: size,
    bounds,
    values: Float32Array.from(logs, (value) => (largest === -Infinity ? 0 : Math.exp(value - largest))),
  };
}

/** The centres of a grid's cells, x and y in turn, row by row from the lower left corner. */
function centres(bounds: Bounds, size: number): Float64Array {
  const centre = ([low, high]: readonly [number, number], i: number): number =>
    low + ((i + 0.5) / size) * (high - low);
  return Float64Array.from({ length: 2 * size * size }, (_, i) => {
    const cell = Math.floor(i / 2);
    return i % 2 === 0 ? centre(bounds.x, cell % size) : centre(bounds.y, Math.floor(cell / size));
  });
}
