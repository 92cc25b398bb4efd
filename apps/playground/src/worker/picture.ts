import { has, key, sample, type AnyInstance } from "@gen/core";
import type { Bounds, Drawing, Picture } from "../engine/protocol.js";
import { densityGrid } from "./density.js";

const gridSize = 80;

/** What a model shows of itself: samples, its density over the data's rectangle, and what it tells of its inside. */
export async function pictureOf(
  model: AnyInstance,
  drawing: Drawing,
  o: { readonly bounds?: Bounds | undefined; readonly signal: AbortSignal },
): Promise<Picture> {
  const { count, seed, options } = drawing;
  const density = o.bounds && (await densityGrid(model, o.bounds, gridSize));
  return {
    ...(has(model, "sample") && {
      samples: structuredClone(await sample(model, { key: key(seed), count, options, signal: o.signal })),
    }),
    ...(density !== undefined && { density }),
    inspections: structuredClone([...model.inspect()]),
  };
}
