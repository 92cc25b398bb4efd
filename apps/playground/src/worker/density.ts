import { has, read, type AnyInstance } from "@gen/core";
import { isPlanar, planarRows } from "../data/planar.js";
import type { Bounds, DensityGrid } from "../engine/protocol.js";
import { centres } from "./grid.js";

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
