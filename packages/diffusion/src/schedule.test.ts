import { InputError } from "@gen/core";
import { describe, expect, it } from "vitest";
import { clean, levelAt, posterior, schedule, scheduleOf, signalToNoise, timeOf } from "./schedule.js";

const names = ["linear", "cosine", "scaled-linear"] as const;

describe.each(names)("%s", (name) => {
  it.each([2, 10, 1000, 4000])("goes from data to noise over %d times", (times) => {
    const { betas, alphaBars } = schedule(name, times);
    expect(betas).toHaveLength(times);
    alphaBars.forEach((kept, t) => expect(kept).toBeLessThan(alphaBars[t - 1] ?? 1));
    expect(alphaBars.at(-1)).toBeLessThan(0.01);
    if (times >= 1000) expect(alphaBars[0]).toBeGreaterThan(0.99);
  });

  it("has levels between its times, and the time of every level", () => {
    const made = schedule(name, 1000);
    for (const time of [0, 0.25, 17, 500.5, 998.75, 999]) {
      const { alpha, sigma } = levelAt(made, time);
      expect(alpha ** 2 + sigma ** 2).toBeCloseTo(1, 12);
      expect(timeOf(made, sigma / alpha)).toBeCloseTo(time, 8);
    }
    const between = levelAt(made, 500.5);
    for (const [less, more] of [
      [500, 500.5],
      [500.5, 501],
    ] as const)
      expect(levelAt(made, less).alpha).toBeGreaterThan(levelAt(made, more).alpha);
    expect(signalToNoise(between)).toBeCloseTo(
      Math.sqrt(signalToNoise(levelAt(made, 500)) * signalToNoise(levelAt(made, 501))),
      12,
    );
  });
});

it("takes the nearest time where no time has a ratio", () => {
  const made = schedule("linear", 100);
  expect([timeOf(made, 1e-9), timeOf(made, 1e9)]).toEqual([0, 99]);
});

it("refuses variances and times that are none", () => {
  for (const betas of [[], [0.1, 0], [1], [NaN]])
    expect(() => scheduleOf(Float64Array.from(betas))).toThrow(InputError);
  for (const time of [-1, 10, NaN]) expect(() => levelAt(schedule("linear", 10), time)).toThrow(InputError);
});

describe("the posterior", () => {
  const made = schedule("cosine", 50);
  it.each([
    [49, 48],
    [30, 11],
    [5, 0],
  ])("of x%d at x%d has the moments of three jointly normal variables", (late, early) => {
    const [from, to] = [levelAt(made, late), levelAt(made, early)];
    const { dataWeight, noisyWeight, variance } = posterior(from, to);
    // Given x₀: x_to has variance σ_to², x_from = r x_to + noise, so cov(x_to, x_from) = r σ_to².
    const r = from.alpha / to.alpha;
    const gain = (r * to.sigma ** 2) / from.sigma ** 2;
    expect(noisyWeight).toBeCloseTo(gain, 12);
    expect(dataWeight).toBeCloseTo(to.alpha - gain * from.alpha, 12);
    expect(variance).toBeCloseTo(to.sigma ** 2 - gain * r * to.sigma ** 2, 12);
  });

  it("at the data is the data", () => {
    const { dataWeight, noisyWeight, variance } = posterior(levelAt(made, 3), clean);
    expect([dataWeight, noisyWeight, variance]).toEqual([expect.closeTo(1, 12), 0, 0]);
  });
});
