import { key, sample } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal } from "@gen/core/random";
import { sub, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawing } from "../drawing.js";
import { samplerNames, type SamplerName } from "../options.js";
import { clean, levelAt, schedule, type Level } from "../schedule.js";
import { expectedOf, levelOf, oneNormal, type LineMixture } from "../testing/exact.js";
import { karrasSigmas } from "../times.js";
import { samplers } from "./index.js";
import type { Stepped } from "./sampler.js";

beforeAll(() => useBackend("wasm"));

/** From x at the first level to the last, without noise unless drawn. */
function run(
  name: SamplerName,
  data: LineMixture,
  start: Tensor,
  levels: readonly Level[],
  { eta = 0, draw }: { readonly eta?: number; readonly draw?: (step: number) => Tensor } = {},
): Tensor {
  return tidy(() => {
    let [x, last]: [Tensor, Stepped | undefined] = [start, undefined];
    for (let step = 0; step + 1 < levels.length; step++) {
      last = samplers[name](expectedOf(data), {
        x,
        from: levels[step]!,
        to: levels[step + 1]!,
        eta,
        ...(last && { before: { data: last.data, level: levels[step - 1]! } }),
        draw: () => {
          if (!draw) throw new Error("Nothing is to be drawn.");
          return draw(step);
        },
      });
      ({ x } = last);
    }
    return x;
  });
}

const worst = (a: Tensor, b: Tensor): number =>
  tidy(() => Math.max(...Array.from(sub(a, b).dataSync(), Math.abs)));

describe("on normal data, where the way back is known", () => {
  const [mean, deviation] = [0.5, 0.5];
  const start = [-1.5, 0.3, 1, 2];

  /** How far x₀ is from m + (x / α - m) s / √(s² + (σ / α)²), the probability flow's end. */
  function error(name: SamplerName, steps: number): number {
    const levels = [...Array.from(karrasSigmas(steps, { smallest: 0.002, largest: 80 }), levelOf), clean];
    const { alpha, sigma } = levels[0]!;
    return tidy(() => {
      const found = run(name, oneNormal(mean, deviation), tensor(start, [4, 1]), levels);
      const shrink = deviation / Math.hypot(deviation, sigma / alpha);
      return worst(
        found,
        tensor(
          start.map((x) => mean + (x / alpha - mean) * shrink),
          [4, 1],
        ),
      );
    });
  }

  it.each<[SamplerName, number]>([
    ["ddim", 1],
    ["euler", 1],
    ["heun", 2],
    ["dpm-solver++", 2],
  ])("%s converges with order %d", (name, order) => {
    const errors = [18, 36, 72, 144].map((steps) => error(name, steps));
    const orders = errors.slice(1).map((value, i) => Math.log2(errors[i]! / value));
    expect(Math.abs(orders.at(-1)! - order)).toBeLessThan(0.2);
    orders.forEach((found) => expect(found).toBeGreaterThan(order - 0.45));
  });
});

describe("equalities", () => {
  const mixture: LineMixture = { weights: [0.4, 0.6], means: [-1, 1.5], deviations: [0.3, 0.2] };
  const made = schedule("cosine", 200);
  const levels = [...[190, 150, 90, 31, 8, 0].map((time) => levelAt(made, time)), clean];
  const start = () => normal(key(1), [64, 1]);
  const draw = (step: number) => normal(key(2).fold(step), [64, 1]);

  it("DDIM without noise is Euler's method", () => {
    tidy(() => {
      const x = start();
      expect(worst(run("ddim", mixture, x, levels), run("euler", mixture, x, levels))).toBeLessThan(3e-5);
    });
  });

  it("DDIM with η = 1 is DDPM", () => {
    tidy(() => {
      const x = start();
      const [ddim, ddpm] = (["ddim", "ddpm"] as const).map((name) =>
        run(name, mixture, x, levels, { eta: 1, draw }),
      );
      expect(worst(ddim!, ddpm!)).toBeLessThan(3e-5);
      expect(worst(ddim!, run("ddim", mixture, x, levels))).toBeGreaterThan(0.1);
    });
  });

  it("DPM-Solver++ takes DDIM's first step", () => {
    tidy(() => {
      const [x, two] = [start(), levels.slice(0, 2)];
      expect(worst(run("dpm-solver++", mixture, x, two), run("ddim", mixture, x, two))).toBeLessThan(3e-5);
    });
  });
});

describe("of an exact score, on a Gaussian mixture", () => {
  const mixture: LineMixture = {
    weights: [0.3, 0.5, 0.2],
    means: [-1.5, 0.2, 1.6],
    deviations: [0.2, 0.4, 0.1],
  };
  const count = 8000;
  const made = schedule("linear", 1000);

  /** Φ(x), by the series and the continued fraction of Abramowitz & Stegun 7.1.26: to 1.5e-7. */
  function phi(x: number): number {
    const z = Math.abs(x) / Math.SQRT2;
    const t = 1 / (1 + 0.3275911 * z);
    const tail =
      t *
      (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
      Math.exp(-z * z);
    return x > 0 ? 1 - tail / 2 : tail / 2;
  }

  /** The largest distance between the distribution functions of draws and mixture. */
  async function gap(options: {
    readonly sampler: SamplerName;
    readonly steps: number;
    readonly eta?: number;
  }) {
    const protocol = drawing({
      schedule: made,
      noisedShape: [1],
      labels: () => undefined,
      denoise: (x, time) => expectedOf(mixture)(x, levelAt(made, time)),
      rows: (x) => ({ length: count, columns: { x: { data: x, shape: [1] } } }),
    });
    const model = {
      spec: { kind: "points", fields: {} },
      capabilities: new Set(["sample"] as const),
      protocol,
    } as const;
    const drawn = await sample(model as never, { key: key(5), count, options: options });
    const sorted = Float64Array.from(drawn.columns["x"]!.data as Float32Array).sort();
    const { weights, means, deviations } = mixture;
    const cdf = (x: number): number =>
      weights.reduce((sum, weight, k) => sum + weight * phi((x - means[k]!) / deviations[k]!), 0);
    return sorted.reduce((most, x, i) => Math.max(most, Math.abs(cdf(x) - (i + 0.5) / count)), 0);
  }

  // P(gap > e) ≤ 2 exp(-2 n e²) (Massart, 1990): e for one in a million.
  const allowed = Math.sqrt(Math.log(2e6) / (2 * count));

  it.each([
    ...samplerNames.map((sampler) => ({ sampler, steps: 100 })),
    { sampler: "ddim", steps: 100, eta: 0.5 },
  ] as const)("$sampler reproduces it", async (options) => {
    expect(await gap(options)).toBeLessThan(allowed);
  });

  it("which a few steps do not", async () => {
    expect(await gap({ sampler: "ddpm", steps: 5 })).toBeGreaterThan(2 * allowed);
  });
});
