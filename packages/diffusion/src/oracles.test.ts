import { readFileSync } from "node:fs";
import { join } from "node:path";
import { useBackend } from "@gen/core/backend";
import { tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { ddim } from "./samplers/ddim.js";
import { clean, levelAt, posterior, schedule, signalToNoise, type ScheduleName } from "./schedule.js";
import { expectedOf, oneNormal } from "./testing/exact.js";
import { karrasSigmas } from "./times.js";

interface Oracle {
  timesteps: number;
  at: number[];
  schedules: Record<string, Record<string, number[]>>;
  ddim: { m: number; s: number; timesteps: number[]; x: number[][] };
  karrasSigmas: { n: number; sigmaMin: number; sigmaMax: number; rho: number; sigmas: number[] };
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../test/oracles");
const oracle = JSON.parse(readFileSync(join(folder, "diffusion.json"), "utf8")) as Oracle;

beforeAll(() => useBackend("cpu"));

const near = (found: number, expected: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(expected)));

describe.each<[ScheduleName, string]>([
  ["linear", "linear 1e-4..0.02"],
  ["cosine", "cosine s=0.008, beta clipped at 0.999"],
  ["scaled-linear", "scaled linear 0.00085..0.012"],
])("the %s schedule", (name, title) => {
  const made = schedule(name, oracle.timesteps);
  it.each(oracle.at.map((t, i) => [t, i] as const))("at time %d", (t, i) => {
    const expected = (figure: string): number => oracle.schedules[title]![figure]![i]!;
    const level = levelAt(made, t);
    const { dataWeight, noisyWeight, variance } = posterior(level, t === 0 ? clean : levelAt(made, t - 1));
    near(made.betas[t]!, expected("beta"));
    near(made.alphaBars[t]!, expected("alphaBar"));
    near(variance, expected("posteriorVariance"));
    near(dataWeight, expected("posteriorMeanCoefX0"));
    near(noisyWeight, expected("posteriorMeanCoefXt"));
    near(Math.log(signalToNoise(level)), expected("logSnr"));
    // Small numbers, to a relative 1e-6 too.
    expect(made.alphaBars[t]! / expected("alphaBar")).toBeCloseTo(1, 6);
  });
});

it("DDIM's steps for normal data", () => {
  const { m, s, timesteps, x } = oracle.ddim;
  const made = schedule("linear", oracle.timesteps);
  const levels = [...timesteps.map((time) => levelAt(made, time)), clean];
  const expect = expectedOf(oneNormal(m, s));
  tidy(() => {
    let state = tensor(x[0]!, [x[0]!.length, 1]);
    timesteps.forEach((_, i) => {
      state = ddim(expect, {
        x: state,
        from: levels[i]!,
        to: levels[i + 1]!,
        eta: 0,
        draw: () => {
          throw new Error("There is nothing to draw.");
        },
      }).x;
      state.dataSync().forEach((value, row) => near(value, x[i + 1]![row]!));
    });
  });
});

it("the levels of Karras et al.", () => {
  const { n, sigmaMin, sigmaMax, rho, sigmas } = oracle.karrasSigmas;
  const found = karrasSigmas(n, { smallest: sigmaMin, largest: sigmaMax, rho });
  sigmas.forEach((sigma, i) => near(found[i]!, sigma));
});
