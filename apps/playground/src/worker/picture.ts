import {
  has,
  key,
  reconstruction,
  sample,
  withoutLabels,
  type AnyInstance,
  type Dataset,
  type Rows,
} from "@gen/core";
import type { Bounds, Drawing, Misfit, Picture } from "../engine/protocol.js";
import { firstRows } from "./data.js";
import { densityGrid } from "./density.js";
import { predictionsOf, type Judge } from "./predictions.js";
import { regionsOf } from "./regions.js";

const gridSize = 80;

interface Surroundings {
  readonly bounds?: Bounds | undefined;
  /** Of these a model that draws nothing shows reconstructions. */
  readonly data?: Dataset | undefined;
  /** Of these a model that tells labels, tags or states tells some. */
  readonly judge?: Judge | undefined;
  /** What it does not know of both. */
  readonly misfit?: Misfit | undefined;
  /** Milliseconds for that, after the first. */
  readonly judging: number;
  readonly signal: AbortSignal;
  /** When drawing has taken too long, and the picture does without. */
  readonly patience?: AbortSignal;
}

/** What a model shows of itself, as its capabilities allow: samples or reconstructions, what it tells of rows, its density and its classes over the data's rectangle, and its inside. */
export async function pictureOf(model: AnyInstance, drawing: Drawing, o: Surroundings): Promise<Picture> {
  const density = o.bounds && (await densityGrid(model, o.bounds, gridSize));
  const regions = o.bounds && (await regionsOf(model, o.bounds, gridSize));
  const predictions = o.judge && (await predictionsOf(model, o.judge, o.judging));
  return {
    ...(has(model, "sample") ? await drawn(model, drawing, o) : await reconstructed(model, drawing.count, o)),
    ...(density !== undefined && { density }),
    ...(regions !== undefined && { regions }),
    ...(predictions !== undefined && { predictions }),
    ...(o.misfit !== undefined && { misfit: o.misfit }),
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
  const of: Rows = await firstRows(withoutLabels(data), count);
  return { reconstructions: structuredClone({ of, rows: await reconstruction(model, of) }) };
}
