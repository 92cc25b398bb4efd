import { InputError, key, readSync, rows, sample, select, type Column } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { marginal } from "./mixture/conditional.js";
import { logSumRows, logWeightedDensities } from "./mixture/gaussian.js";
import { Gmm } from "./model.js";
import { irisData, irisLabelled, points } from "./testing/data.js";
import { near } from "./testing/near.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const numbers = ({ data }: Column): number[] => Array.from(data as Float32Array);
const known = [NaN, 3, NaN, 0.5];

it("is the density of the columns that are not given", async () => {
  const { inner: model } = await train(irisData, { config: { components: 3 } });
  const x = rows({ x: [[5, 3, 2, 0.5]] });
  const given = marginal(model.shares.mixtures[0]!, [1, 3]);
  const ofGiven = logSumRows(logWeightedDensities(given, Float64Array.of(3, 0.5)), 3)[0]!;
  near(readSync(model.given(rows({ x: [known] })).logProb(x)), [model.logProb(x)[0]! - ofGiven], 1e-12);
});

it("draws whole rows that carry what was given, and agree with its density", async () => {
  const { inner: model } = await train(irisLabelled, { config: { components: 2 } });
  const view = model.given(rows({ x: [known] }));
  const drawn = await sample(view, { key: key(1), count: 4000 });
  const values = numbers(drawn.columns["x"]!);
  for (let row = 0; row < 4000; row++) {
    expect(values[4 * row + 1]).toBe(3);
    expect(values[4 * row + 3]).toBe(0.5);
  }
  const again = readSync(view.logProb(select(drawn, ["x"])));
  expect(again.every(Number.isFinite)).toBe(true);
  // Of a petal half a centimetre wide nothing is known but that it is a setosa's.
  const labels = numbers(drawn.columns["y"]!);
  expect(labels.filter((label) => label === 0).length).toBeGreaterThan(3500);
  const one = model.given(rows({ x: [known], y: ["setosa"] }));
  expect(new Set(numbers((await sample(one, { key: key(2), count: 20 })).columns["y"]!))).toEqual(
    new Set([0]),
  );
});

it("says what can't be given, and rows that are otherwise", async () => {
  const { inner: model } = await train(irisData, { config: { components: 2 } });
  const all = rows({ x: [[1, 2, 3, 4]] });
  expect(() => model.given(all)).toThrow(/^All 4 columns are given/);
  expect(() => model.given(rows({ x: [[NaN, NaN, NaN, NaN]] }))).toThrow(/^Nothing is given: .* "x"/);
  const view = model.given(rows({ x: [known] }));
  expect(() => readSync(view.logProb(all))).toThrow("Row 1 has 2 where 3 was given");
  expect(() => new Gmm(points(2), { components: 2, covariance: "full" }).given(rows({}))).toThrow(InputError);
});
