import {
  has,
  key,
  reconstruction,
  sameSpec,
  sample,
  withoutLabels,
  type AnyInstance,
  type Dataset,
  type Rows,
} from "@gen/core";
import type { Bounds, Drawing, Picture } from "../engine/protocol.js";
import { firstRows } from "./data.js";
import { densityGrid } from "./density.js";

const gridSize = 80;

interface Surroundings {
  readonly bounds?: Bounds | undefined;
  /** Of these a model that draws nothing shows reconstructions. */
  readonly data?: Dataset | undefined;
  readonly signal: AbortSignal;
  /** When drawing has taken too long, and the picture does without. */
  readonly patience?: AbortSignal;
}

/** What a model shows of itself: samples or reconstructions, its density over the data's rectangle, and its inside. */
export async function pictureOf(model: AnyInstance, drawing: Drawing, o: Surroundings): Promise<Picture> {
  const density = o.bounds && (await densityGrid(model, o.bounds, gridSize));
  return {
    ...(has(model, "sample") ? await drawn(model, drawing, o) : await reconstructed(model, drawing.count, o)),
    ...(density !== undefined && { density }),
    inspections: structuredClone([...model.inspect()]),
  };
}

async function drawn(
  model: Parameters<typeof sample>[0],
  { count, seed, options }: Drawing,
  { signal, patience }: Surroundings,
): Promise<Pick<Picture, "samples" | "late">> {
  const both = patience === undefined ? signal : AbortSignal.any([signal, patience]);
  try {
    return {
      samples: structuredClone(await sample(model, { key: key(seed), count, options, signal: both })),
    };
  } catch (error) {
    if (signal.aborted || patience?.aborted !== true) throw error;
    return { late: true };
  }
}

async function reconstructed(
  model: AnyInstance,
  count: number,
  { data }: Surroundings,
): Promise<Pick<Picture, "reconstructions">> {
  if (!has(model, "codec") || data === undefined) return {};
  const x = withoutLabels(data);
  if (!sameSpec(x.spec, withoutLabels(model.spec))) return {};
  const of: Rows = await firstRows(x, count);
  return { reconstructions: structuredClone({ of, rows: await reconstruction(model, of) }) };
}
