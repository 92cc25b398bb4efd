import { predictor, type AnyInstance } from "@gen/core";
import { isPlanar, planarRows } from "../data/planar.js";
import type { Bounds, Regions } from "../engine/protocol.js";
import { centres } from "./grid.js";

/** The likeliest class of each cell of a grid over a rectangle; undefined where a model tells none or its data are not points of the plane. */
export async function regionsOf(
  model: AnyInstance,
  bounds: Bounds,
  size: number,
): Promise<Regions | undefined> {
  const tell = predictor(model);
  if (tell === undefined || model.spec.kind !== "points" || !isPlanar(model.spec)) return undefined;
  const { best, probabilities, names } = await tell(planarRows(centres(bounds, size), model.spec));
  return {
    columns: size,
    rows: size,
    bounds,
    best,
    certainty: Float32Array.from(best, (label, cell) => probabilities[cell * names.length + label]!),
  };
}
