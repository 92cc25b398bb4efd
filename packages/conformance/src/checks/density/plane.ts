import { column, read, type Capable, type Rows } from "@gen/core";
import { logSumExp } from "../../numbers/mean.js";

/** The density on the cells of a square grid over the plane. */
export interface Plane {
  /** Middles of the cells, [cells, 2]. */
  readonly cells: Float64Array;
  readonly logProb: Float64Array;
  /** The probability of each cell: p(x) times its area. */
  readonly mass: Float64Array;
  readonly total: number;
}

/** Cells along an axis: finer until the integral is near 1. */
const resolutions = [200, 400, 800] as const;
const tolerance = 1e-2;
/** Rows at once. */
const chunk = 16_000;

/** p(x) over the data's bounding box with its own width around it, by the midpoint rule. */
export async function overPlane(
  model: Capable<"density">,
  x: Rows,
  coarsest: (typeof resolutions)[number] = 200,
): Promise<Plane> {
  const name = Object.keys(x.columns)[0]!;
  const box = boxOf(column(x, name).data as Float64Array);
  let plane: Plane | undefined;
  for (const resolution of resolutions.filter((cells) => cells >= coarsest)) {
    plane = await onGrid(model, name, box, resolution);
    if (Math.abs(plane.total - 1) <= tolerance) break;
  }
  return plane!;
}

interface Box {
  readonly low: readonly [number, number];
  readonly size: readonly [number, number];
}

function boxOf(data: Float64Array): Box {
  const range = (axis: 0 | 1): readonly [number, number] => {
    const values = data.filter((_, i) => i % 2 === axis);
    const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    return [2 * low - high, 3 * (high - low)];
  };
  const [[left, width], [bottom, height]] = [range(0), range(1)];
  return { low: [left, bottom], size: [width, height] };
}

async function onGrid(
  model: Capable<"density">,
  name: string,
  { low, size }: Box,
  resolution: number,
): Promise<Plane> {
  const count = resolution ** 2;
  const cells = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    cells[2 * i] = low[0] + (size[0] * ((i % resolution) + 0.5)) / resolution;
    cells[2 * i + 1] = low[1] + (size[1] * (Math.floor(i / resolution) + 0.5)) / resolution;
  }
  const logProb = new Float64Array(count);
  for (let from = 0; from < count; from += chunk) {
    const data = cells.slice(2 * from, 2 * Math.min(count, from + chunk));
    const rows = { length: data.length / 2, columns: { [name]: { data, shape: [2] } } };
    logProb.set(await read(model.logProb(rows)), from);
  }
  const logArea = Math.log((size[0] * size[1]) / count);
  return {
    cells,
    logProb,
    mass: logProb.map((value) => Math.exp(value + logArea)),
    total: Math.exp(logSumExp(logProb) + logArea),
  };
}
