import { column, fit, instantiate, key, sample } from "@gen/core";
import { points2d } from "@gen/datasets";
import { gan } from "@gen/gan";
import type { BarRow } from "../bars.js";
import type { BenchOptions } from "../item.js";
import { setup } from "./setup.js";

const deviation = 0.05;
/** Points to learn from, and points that are drawn. */
const [training, count] = [10_000, 10_000];
const seeds = 3;

/** How well points reach 25 Gaussians on a grid of step 1 around the origin. */
export interface Coverage {
  /** Gaussians with a point within three deviations. */
  readonly modes: number;
  /** The share of points within three deviations of a Gaussian: of the data 1 - exp(-9/2) = 0.989. */
  readonly near: number;
}

/** x: points of the plane, row-major. */
export function coverageOf(x: ArrayLike<number>): Coverage {
  const seen = new Set<number>();
  let near = 0;
  for (let i = 0; i < x.length; i += 2) {
    const [column, row] = [x[i]!, x[i + 1]!].map((at) => Math.max(-2, Math.min(2, Math.round(at))));
    if (Math.hypot(x[i]! - column!, x[i + 1]! - row!) > 3 * deviation) continue;
    seen.add(5 * row! + column!);
    near++;
  }
  return { modes: seen.size, near: (2 * near) / x.length };
}

/** What a GAN of the default settings reaches after training by its own budget, for one seed. */
export async function gaussians({ seed, log, steps }: BenchOptions): Promise<Coverage> {
  const data = points2d("twenty-five-gaussians", { count: training, key: key(seed).fold("training") });
  using model = await instantiate(gan, { data, key: key(seed) });
  using trainer = model.trainer();
  const { budget } = gan.manifest;
  const settings = { key: key(seed), steps: steps ?? budget.steps, batch: budget.batch };
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1e3).toFixed(0)} s`;
  for await (const event of fit(model, trainer, data, settings)) {
    if (event.type === "diagnosis") log(`step ${event.step}: ${event.diagnosis.remedy}`);
    if (event.type === "end") log(`25 Gaussians, seed ${seed}: ${event.step} steps, ${seconds()}`);
  }
  const drawn = await sample(model, { key: key(seed).fold("sample"), count });
  return coverageOf(column(drawn, "x").data as Float64Array);
}

/** Modes and share of near points, means over three seeds, beside their bars. */
export async function measureGaussians(options: BenchOptions): Promise<BarRow[]> {
  await setup(options);
  const found: Coverage[] = [];
  for (let i = 0; i < seeds; i++) found.push(await gaussians({ ...options, seed: options.seed + i }));
  const row = (figure: keyof Coverage, measure: string, atLeast: number): BarRow => {
    const ours = found.reduce((sum, each) => sum + each[figure], 0) / seeds;
    return { measure: `gan on 25 Gaussians, ${measure}`, ours, compared: { value: ours }, bar: { atLeast } };
  };
  return [row("modes", "modes reached", 25), row("near", "share within three deviations", 0.9)];
}
