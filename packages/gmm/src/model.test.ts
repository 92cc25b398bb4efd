import {
  InputError,
  key,
  posterior,
  readSync,
  rows,
  sample,
  type Column,
  type DataSpec,
  type NamedArray,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { chunkOf } from "./learning/chunk-of.js";
import type { CovarianceType } from "./mixture/mixture.js";
import { Gmm } from "./model.js";
import { blobs, irisData, irisLabelled, labelled, points, unlabelledData } from "./testing/data.js";
import { near } from "./testing/near.js";
import { train } from "./testing/train.js";

beforeAll(() => useBackend("cpu"));

const gaussians = { components: 2, covariance: "full" } as const;
const x2 = (data: Float64Array) => rows({ x: { data, shape: [2] } });
const numbers = ({ data }: Column): number[] => Array.from(data as Float32Array);

describe.each<CovarianceType>(["full", "tied", "diagonal", "spherical"])("a %s mixture", (covariance) => {
  it("has a density that integrates to 1", async () => {
    const data = unlabelledData(blobs(key(1), 100, 2), 2);
    const { model } = await train(data, { config: { components: 3, covariance } });
    const [size, least, step] = [240, -30, 0.25];
    const grid = new Float64Array(2 * size * size);
    for (let i = 0; i < size * size; i++) {
      grid[2 * i] = least + step * Math.floor(i / size);
      grid[2 * i + 1] = least + step * (i % size);
    }
    const logProb = model.logProb(x2(grid));
    const mass = readSync(logProb).reduce((sum, value) => sum + Math.exp(value), 0) * step * step;
    expect(Math.abs(mass - 1)).toBeLessThan(1e-6);
  });
});

it("does not mind the order of its components", async () => {
  const data = unlabelledData(blobs(key(2), 100, 2), 2);
  const { inner: model } = await train(data, { config: { components: 3 } });
  const x = x2(blobs(key(3), 20, 2));
  const before = model.logProb(x);
  const { mixtures } = model.shares;
  const order = [2, 0, 1];
  const permuted = (values: Float64Array, size: number): Float64Array =>
    Float64Array.from(order.flatMap((k) => Array.from(values.subarray(k * size, (k + 1) * size))));
  const { weights, means, covariances } = mixtures[0]!;
  model.shares = {
    ...model.shares,
    mixtures: [
      {
        ...mixtures[0]!,
        weights: permuted(weights, 1),
        means: permuted(means, 2),
        covariances: permuted(covariances, 4),
      },
    ],
  };
  near(model.logProb(x), before, 1e-13);
});

it("knows by which component a row was made", async () => {
  const { inner: model } = await train(irisData, { config: { components: 2 } });
  const x = await irisData.take(Int32Array.of(0, 149));
  const q = model.encode(x);
  const shares = Array.from(q.logits.dataSync(), Math.exp);
  for (const row of [0, 1]) expect(shares[2 * row]! + shares[2 * row + 1]!).toBeCloseTo(1, 6);
  expect(shares[0]! > 0.99).toBe(shares[2]! < 0.01);
  const prior = Array.from(model.prior.logits.dataSync(), Math.exp);
  near(prior, model.shares.mixtures[0]!.weights, 1e-6);
});

describe("with labels", () => {
  it("classifies by Bayes' rule over its classes' densities", async () => {
    const { inner: model } = await train(irisLabelled, { config: { components: 2 } });
    const x = await irisData.take(Int32Array.of(0, 60, 70, 120, 149));
    const logPosterior = readSync(posterior(model, x));
    const given = model.classes.map((name) => readSync(model.given(rows({ y: [name] })).logProb(x)));
    for (let row = 0; row < x.length; row++) {
      const joint = given.map((logProb) => Math.exp(logProb[row]!) / 3);
      const total = joint.reduce((a, b) => a + b, 0);
      near(
        logPosterior.slice(3 * row, 3 * row + 3).map(Math.exp),
        joint.map((p) => p / total),
        1e-12,
      );
      expect(model.logProb(x)[row]).toBeCloseTo(Math.log(total), 9);
    }
  });

  it("samples carry the label that they were drawn for, in the prior's shares", async () => {
    const { inner: model } = await train(irisLabelled, { config: { components: 1 } });
    const drawn = await sample(model, { key: key(4), count: 600 });
    const labels = numbers(drawn.columns["y"]!);
    for (const c of [0, 1, 2]) {
      const count = labels.filter((label) => label === c).length;
      expect(Math.abs(count - 200)).toBeLessThan(60);
    }
    const means = numbers(drawn.columns["x"]!).filter((_, i) => i % 4 === 2);
    const petal = (c: number): number => {
      const own = means.filter((_, row) => labels[row] === c);
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    near([petal(0), petal(1), petal(2)], [1.462, 4.26, 5.552], 0.05);
    const virginica = await sample(model.given(rows({ y: ["virginica"] })), { key: key(5), count: 50 });
    expect(new Set(numbers(virginica.columns["y"]!))).toEqual(new Set([2]));
  });

  it("leaves out rows without one", () => {
    const spec: DataSpec = labelled(1, ["a", "b"]);
    const optional: DataSpec = {
      ...spec,
      fields: { ...spec.fields, y: { ...spec.fields["y"]!, optional: true } },
    };
    const model = new Gmm(optional, { ...gaussians, components: 1 });
    const { classes } = chunkOf(model, rows({ x: [[1], [2], [3]], y: Int32Array.of(-1, 1, 0) }));
    expect(classes.map(({ x }) => x)).toEqual([Float64Array.of(3), Float64Array.of(2)]);
  });

  it("takes one of its classes only", async () => {
    const { inner: model } = await train(irisLabelled, { config: { components: 1 } });
    expect(() => model.given(rows({ y: ["rose"] }))).toThrow(/"rose"/);
    expect(() => model.given(rows({ y: ["setosa", "setosa"] }))).toThrow("Give one row; there are 2.");
    expect(() => new Gmm(points(2), gaussians).given(rows({}))).toThrow(InputError);
  });
});

describe("refuses in one sentence", () => {
  it.each<[string, DataSpec, RegExp]>([
    [
      "categories",
      { kind: "table", fields: { c: { type: "category", shape: [], levels: 3 } } },
      /"c" holds categories: make it the label, leave it out, or encode it as numbers\.$/,
    ],
    ["text", { kind: "table", fields: { t: { type: "text" } } }, /"t" holds text/],
    [
      "sequences",
      { kind: "table", fields: { s: { type: "real", shape: [], sequence: true } } },
      /"s" holds sequences/,
    ],
    [
      "real labels",
      {
        kind: "table",
        fields: { x: { type: "real", shape: [] }, y: { type: "real", shape: [], role: "y" } },
      },
      /label "y" is not a category/,
    ],
    ["more parameters than fit into memory", points(1e6), /use fewer components or columns/],
  ])("%s", (_, spec, message) => {
    expect(() => new Gmm(spec, gaussians)).toThrow(InputError);
    expect(() => new Gmm(spec, gaussians)).toThrow(message);
  });

  it("NaN", () => {
    const x = x2(Float64Array.of(1, 2, 3, NaN));
    expect(() => new Gmm(points(2), gaussians).logProb(x)).toThrow(/^Column "x" is NaN in row 2/);
  });

  it("rows of another shape", () => {
    const x = rows({ x: { data: new Float64Array(6), shape: [3] } });
    expect(() => new Gmm(points(2), gaussians).logProb(x)).toThrow(/^Column "x" has rows of shape \[3\]/);
  });

  it("a state that lacks an array or has another size", async () => {
    const model = new Gmm(points(2), gaussians);
    const state = new Map(await model.state());
    const means: NamedArray = { dtype: "F64", shape: [1], data: Float64Array.of(1) };
    expect(() => model.restore(new Map([...state, ["means", means]]))).toThrow(/"means"/);
    state.delete("weights");
    expect(() => model.restore(state)).toThrow(/"weights"/);
  });
});

it("leaks nothing", async () => {
  const { inner: model } = await train(irisLabelled, { config: { components: 2 } });
  const x = await irisData.take(Int32Array.of(0, 1));
  const before = memory().numTensors;
  model.logProb(x);
  model.logJoint(x);
  await sample(model, { key: key(1), count: 3 });
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});
