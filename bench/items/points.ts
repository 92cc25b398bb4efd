import {
  demand,
  fit,
  instantiate,
  key,
  sample,
  withoutLabels,
  type AnyInstance,
  type Key,
  type Plugin,
} from "@gen/core";
import { permutation } from "@gen/core/random";
import { points2d, type PointSet } from "@gen/datasets";
import { diffusion } from "@gen/diffusion";
import { realnvp } from "@gen/flows";
import { over, type BarRow } from "../bars.js";
import type { BenchOptions } from "../item.js";
import { gaussianKernels, medianDistance, squaredDiscrepancy } from "./mmd.js";
import { measureGaussians } from "./gaussians.js";
import { setup } from "./setup.js";

/** The families that learn the points, by their manifests' budgets but for what is given; another one is another line. */
const families: readonly Family[] = [
  { plugin: realnvp, training: { average: 0.99 } },
  { plugin: diffusion, batch: 512 },
];

interface Family {
  readonly plugin: Plugin;
  /** Rows per step, where not the budget's. */
  readonly batch?: number;
  /** Training settings, where not the defaults. */
  readonly training?: Readonly<Record<string, string | number | boolean>>;
}

const sets: readonly PointSet[] = ["moons", "rings", "pinwheel"];
/** Points to learn from, points that are compared, and random halves of real points. */
const [training, half, splits] = [10_000, 2000, 200];
/** Seeds of data, training and samples that a mean is over. */
export const seeds = 3;

/** Points of the plane, [count, 2]. */
type Points = Float64Array;

/** Held-out points, and how far apart two halves of real points are: the 95 % quantile over `splits` of them. */
interface Reference {
  readonly points: Points;
  readonly bandwidth: number;
  readonly quantile: number;
}

async function referenceOf(set: PointSet, source: Key): Promise<Reference> {
  const pool = await pointsOf(points2d(set, { count: 2 * half, key: source.fold("held out") }));
  const points = pool.subarray(0, 2 * half);
  const bandwidth = medianDistance(points);
  const kernels = gaussianKernels(pool, bandwidth);
  const found = Float64Array.from({ length: splits }, (_, split) => {
    const order = permutation(source.fold("split").fold(split), 2 * half);
    return squaredDiscrepancy(
      kernels,
      Uint8Array.from(order, (place) => Number(place < half)),
    );
  }).sort();
  return { points, bandwidth, quantile: found[Math.ceil(0.95 * splits) - 1]! };
}

async function pointsOf(data: ReturnType<typeof points2d>): Promise<Points> {
  const { columns } = await data.take(Int32Array.from({ length: data.length }, (_, i) => i));
  return Float64Array.from(columns["x"]!.data as Float64Array);
}

/** Points that a family draws after learning from a set. */
async function drawn(
  { plugin, batch = plugin.manifest.budget.batch, training: settings = {} }: Family,
  set: PointSet,
  { seed, steps, log }: BenchOptions,
): Promise<Points> {
  const data = withoutLabels(points2d(set, { count: training, key: key(seed).fold("training") }));
  using model: AnyInstance = await instantiate(plugin, { data, key: key(seed) });
  using trainer = model.trainer(settings);
  const { budget } = plugin.manifest;
  const run = { key: key(seed), steps: steps ?? budget.steps, batch };
  const started = performance.now();
  for await (const event of fit(model, trainer, data, run))
    if (event.type === "end") {
      const seconds = ((performance.now() - started) / 1e3).toFixed(0);
      log(`${plugin.manifest.id} on ${set}: ${event.reason} after ${event.step} steps, ${seconds} s`);
    }
  const { columns } = await sample(demand(model, "sample"), { key: key(seed).fold("sample"), count: half });
  return Float64Array.from(columns["x"]!.data as Float32Array);
}

/** A family with what is not its default. */
function named({ plugin, batch, training: settings }: Family): string {
  const given = Object.entries({ ...settings, ...(batch !== undefined && { batch }) });
  const told = given.map(([name, value]) => `${name} ${value}`).join(", ");
  return told === "" ? plugin.manifest.id : `${plugin.manifest.id} (${told})`;
}

/** A discrepancy, beside the quantile of those between real points. */
interface Discrepancy {
  readonly found: number;
  readonly quantile: number;
}

/** How far a family's points are from held-out ones, for one seed of data, training and samples. */
async function discrepancyOf(family: Family, set: PointSet, options: BenchOptions): Promise<Discrepancy> {
  const { points, bandwidth, quantile } = await referenceOf(set, key(options.seed).fold(set));
  const pool = new Float64Array(4 * half);
  pool.set(await drawn(family, set, options));
  pool.set(points, 2 * half);
  const isDrawn = Uint8Array.from({ length: 2 * half }, (_, i) => Number(i < half));
  return { found: squaredDiscrepancy(gaussianKernels(pool, bandwidth), isDrawn), quantile };
}

/** The discrepancies of a few seeds by their mean: of real points, too, one in twenty is beyond the quantile. */
export function discrepancyRow(measure: string, each: readonly Discrepancy[]): BarRow {
  const mean = (figure: keyof Discrepancy): number =>
    each.reduce((sum, one) => sum + one[figure], 0) / each.length;
  const [ours, beside] = [mean("found"), mean("quantile")];
  const alone = each.map(({ found, quantile }) => (found / quantile).toFixed(2));
  const note = `of each seed: ${alone.join(", ")}`;
  return { measure, ours, beside, compared: over(ours, beside), bar: { atMost: 1 }, note };
}

/** How far every family's points are from held-out ones, beside how far real points are from each other. */
export async function measurePoints(options: BenchOptions): Promise<BarRow[]> {
  await setup(options);
  const rows: BarRow[] = [];
  for (const set of sets)
    for (const family of families) {
      const each: Discrepancy[] = [];
      for (let i = 0; i < seeds; i++)
        each.push(await discrepancyOf(family, set, { ...options, seed: options.seed + i }));
      const measure = `${named(family)} on ${set}, MMD² to held-out points beside real to real`;
      rows.push(discrepancyRow(measure, each));
    }
  rows.push(...(await measureGaussians(options)));
  return rows;
}
