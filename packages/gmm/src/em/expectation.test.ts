import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64, uniforms64 } from "@gen/core/random";
import { afterAll, describe, expect, it } from "vitest";
import { logDensities } from "../mixture/gaps.js";
import { logSumRows } from "../mixture/gaussian.js";
import { standard, type CovarianceType, type Mixture } from "../mixture/mixture.js";
import { anyMixture } from "../testing/mixtures.js";
import { near } from "../testing/near.js";
import { expectation } from "./expectation.js";
import { maximisation } from "./maximisation.js";
import type { Moments } from "./moments.js";
import { prepare } from "./prepared.js";
import { rowByRow } from "./row-by-row.js";

afterAll(() => useBackend("cpu"));

const types: CovarianceType[] = ["full", "tied", "diagonal", "spherical"];
const [k, d, n] = [4, 5, 700];
const x = normals64(key(1), n * d).map((v) => 2 * v + 1);
const none = new Float64Array(d);

function same(a: Moments, b: Moments, tolerance: number): void {
  near([a.rows, a.logLikelihood, a.negentropy], [b.rows, b.logLikelihood, b.negentropy], tolerance);
  for (const part of ["counts", "first", "second"] as const) near(a[part], b[part], tolerance);
}

describe.each(types)("an E step with %s covariances", (type) => {
  const mixture = anyMixture(key(2), type, k, d);
  const weights = uniforms64(key(3), n);

  it("by native products is the one row by row", async () => {
    await useBackend("onnx");
    const far = x.map((value, i) => 1e5 * ((i % d) + 1) + value * 10 ** (i % d));
    const scaled = (m: Mixture): Mixture => ({
      ...m,
      means: m.means.map((value, i) => 1e5 * ((i % d) + 1) + value * 10 ** (i % d)),
      covariances:
        type === "spherical"
          ? m.covariances
          : m.covariances.map((value, i) =>
              type === "diagonal"
                ? value * 100 ** (i % d)
                : value * 10 ** ((Math.floor(i / d) % d) + (i % d)),
            ),
    });
    same(expectation(mixture, x), rowByRow(mixture, x, undefined), 1e-11);
    const data = prepare(x, d, { weights, keep: () => true });
    same(expectation(mixture, data), rowByRow(mixture, x, weights), 1e-11);
    same(expectation(mixture, data), rowByRow(mixture, x, weights), 1e-11);
    if (type !== "spherical")
      near(
        [expectation(scaled(mixture), far).logLikelihood],
        [rowByRow(scaled(mixture), far, undefined).logLikelihood],
        1e-11,
      );
  });

  it("by native products is exact for narrow components too", async () => {
    await useBackend("onnx");
    const narrow = { ...mixture, covariances: mixture.covariances.map((value) => value * 1e-12) };
    same(expectation(narrow, x), rowByRow(narrow, x, undefined), 1e-14);
  });

  it("of weighted rows is that of rows that stand there so many times", () => {
    const times = Float64Array.from({ length: n }, (_, row) => row % 3);
    const repeated = Array.from(times).flatMap((count, row) =>
      Array.from({ length: count }, () => Array.from(x.subarray(row * d, (row + 1) * d))).flat(),
    );
    same(
      expectation(mixture, prepare(x, d, { weights: times })),
      expectation(mixture, Float64Array.from(repeated)),
      1e-12,
    );
  });

  it("with gaps never lowers the likelihood of what is there", () => {
    const hidden = uniforms64(key(4), n * d);
    const gappy = x.map((value, i) => (hidden[i]! < 0.3 ? NaN : value));
    let current: Mixture = { ...standard(type, 3, d), means: x.slice(0, 3 * d) };
    let last = -Infinity;
    const data = prepare(gappy, d);
    expect(data.incomplete.length).toBeGreaterThan(5);
    for (let sweep = 0; sweep < 25; sweep++) {
      const own = expectation(current, data);
      near([own.logLikelihood], [sum(logSumRows(logDensities(current, gappy), 3))], 1e-12);
      expect(own.logLikelihood).toBeGreaterThanOrEqual(last - 1e-9 * Math.abs(last));
      last = own.logLikelihood;
      current = maximisation(current, own, none);
    }
  });
});

it("of gaps finds the maximum of likelihood of a monotone pattern in closed form", () => {
  // y is regressed on x from complete rows; x has all rows (Statistical analysis with missing data, Little & Rubin).
  const noise = normals64(key(5), 400);
  const rows = 200;
  const data = Float64Array.from({ length: 2 * rows }, (_, i) => {
    const row = Math.floor(i / 2);
    if (i % 2 === 0) return noise[row]!;
    return row % 3 === 0 ? NaN : 1 + 2 * noise[row]! + 0.5 * noise[rows + row]!;
  });
  let current = standard("full", 1, 2);
  for (let sweep = 0; sweep < 300; sweep++)
    current = maximisation(current, expectation(current, data), new Float64Array(2));
  const whole = Array.from({ length: rows }, (_, row) => row).filter((row) => row % 3 !== 0);
  const mean = (values: readonly number[]): number => sum(values) / values.length;
  const [xs, ys] = [whole.map((row) => data[2 * row]!), whole.map((row) => data[2 * row + 1]!)];
  const [mx, my] = [mean(xs), mean(ys)];
  const slope = sum(xs.map((v, i) => (v - mx) * (ys[i]! - my))) / sum(xs.map((v) => (v - mx) ** 2));
  const all = Array.from({ length: rows }, (_, row) => data[2 * row]!);
  const [m, residual] = [mean(all), mean(ys.map((y, i) => (y - my - slope * (xs[i]! - mx)) ** 2))];
  const variance = mean(all.map((v) => (v - m) ** 2));
  near(current.means, [m, my + slope * (m - mx)], 1e-9);
  near(
    current.covariances,
    [variance, slope * variance, slope * variance, residual + slope ** 2 * variance],
    1e-9,
  );
});

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
