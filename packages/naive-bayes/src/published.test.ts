import { posterior, readSync, rows, type DataSpec, type Rows } from "@gen/core";
import { describe, expect, it } from "vitest";
import { ComplementNaiveBayes } from "./complement/model.js";
import { logTotal, momentsOfTotals, totalOf } from "./counts/total.js";
import { irisRows, irisSpec, label, table } from "./testing/data.js";
import { near } from "./testing/near.js";
import { naiveBayesOf } from "./testing/settings.js";

// Manning, Raghavan & Schütze, Introduction to Information Retrieval, example 13.1: Chinese, Beijing, Shanghai, Macao,
// Tokyo, Japan; the first three documents are about China, the last is not.
const documents = [
  [2, 1, 0, 0, 0, 0],
  [2, 0, 1, 0, 0, 0],
  [1, 0, 0, 1, 0, 0],
  [1, 0, 0, 0, 1, 1],
];
const asked = [3, 0, 0, 0, 1, 1];
const spec = (type: "real" | "category"): DataSpec =>
  table({
    words: type === "real" ? { type, shape: [6] } : { type, shape: [6], levels: 2 },
    y: label(2),
  });
const of = (X: number[][], y?: number[]): Rows =>
  rows({ words: { data: Float64Array.from(X.flat()), shape: [6] }, ...(y && { y: Int32Array.from(y) }) });
const binary = (X: number[][]): number[][] => X.map((row) => row.map((count) => Math.min(count, 1)));
const classes = [0, 0, 0, 1];

describe("China or Japan", () => {
  it("is China by the multinomial model", () => {
    const model = naiveBayesOf(spec("real"), { likelihood: "multinomial" });
    model.partialFit(of(documents, classes));
    near(readSync(posterior(model, of([asked]))).map(Math.exp), [0.68976, 0.31024], 1e-5);
    const total = totalOf(momentsOfTotals(Float64Array.of(3, 3, 2, 3), new Float64Array(4).fill(1)));
    // Of the words in their order, without their orders and their number.
    const orders = Math.log(20) + logTotal(total, 5, 1);
    near(
      Array.from(model.logJoint(of([asked])), (value) => 1e4 * Math.exp(value - orders)),
      [3.0121, 1.3548],
      1e-4,
    );
  });

  it("is Japan by the Bernoulli model", () => {
    const model = naiveBayesOf(spec("category"), { likelihood: "bernoulli" });
    model.partialFit(of(binary(documents), classes));
    const x = of(binary([asked]));
    near(model.logJoint(x).map(Math.exp), [0.005184, 0.021948], 1e-6);
    near(readSync(posterior(model, x)).map(Math.exp), [0.19107, 0.80893], 1e-5);
    const probability = (j: number, c: number): number => {
      const only = Array.from({ length: 6 }, (_, k) => (k === j ? 1 : -1));
      return Math.exp(model.logJoint(of([only]))[c]! - model.learned.logPriors[c]!);
    };
    const found = [0, 1].map((c) => Array.from({ length: 6 }, (_, j) => probability(j, c)));
    near(found[0]!, [0.8, 0.4, 0.4, 0.4, 0.2, 0.2], 1e-12);
    near(found[1]!, [2 / 3, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 2 / 3], 1e-12);
  });

  it("has the complement weights of Rennie et al., table 4, steps 4 to 6", () => {
    for (const normalised of [false, true]) {
      const model = new ComplementNaiveBayes(spec("real"), { alpha: 1, normalised });
      model.partialFit(of(documents, classes));
      const others = [documents.slice(3), documents.slice(0, 3)].map((rest) =>
        Array.from({ length: 6 }, (_, j) => rest.reduce((sum, row) => sum + row[j]!, 1)),
      );
      const expected = others.flatMap((counts) => {
        const all = counts.reduce((a, b) => a + b, 0);
        const weights = counts.map((count) => -Math.log(count / all));
        const sum = weights.reduce((a, b) => a + b, 0);
        return normalised ? weights.map((weight) => weight / sum) : weights;
      });
      near(model.weights, expected, 1e-14);
    }
  });
});

describe("iris", () => {
  it("is classified as by scikit-learn: 0.96 of the rows that were learned", () => {
    const model = naiveBayesOf(irisSpec);
    model.partialFit(irisRows);
    expect(accuracy(model.logJoint(irisRows), 3, irisRows.columns["y"]!.data as Int32Array)).toBe(0.96);
  });

  it("has the density of a mixture of diagonal Gaussians whose components are known", () => {
    const model = naiveBayesOf(irisSpec, { varianceSmoothing: 0 });
    model.partialFit(irisRows);
    const x = irisRows.columns["x"]!.data as Float64Array;
    const y = irisRows.columns["y"]!.data as Int32Array;
    const moments = [0, 1, 2].map((c) =>
      [0, 1, 2, 3].map((j) => {
        const own = Array.from({ length: 150 }, (_, row) => row).filter((row) => y[row] === c);
        const mean = own.reduce((sum, row) => sum + x[row * 4 + j]!, 0) / own.length;
        return {
          mean,
          variance: own.reduce((sum, row) => sum + (x[row * 4 + j]! - mean) ** 2, 0) / own.length,
        };
      }),
    );
    const expected = Float64Array.from({ length: 150 }, (_, row) =>
      Math.log(
        moments.reduce(
          (sum, own) =>
            sum +
            own.reduce((product, { mean, variance }, j) => {
              const z = (x[row * 4 + j]! - mean) ** 2 / variance;
              return (product * Math.exp(-z / 2)) / Math.sqrt(2 * Math.PI * variance);
            }, 1 / 3),
          0,
        ),
      ),
    );
    near(model.logProb(irisRows), expected, 1e-11);
  });

  it("is classified alike in other units", () => {
    const scaled = rows({
      x: { data: (irisRows.columns["x"]!.data as Float64Array).map((value) => 1e6 * value), shape: [4] },
      y: irisRows.columns["y"]!,
    });
    const [here, there] = [irisRows, scaled].map((x) => {
      const model = naiveBayesOf(irisSpec);
      model.partialFit(x);
      return readSync(posterior(model, x));
    });
    near(there!, here!, 1e-9);
  });
});

function accuracy(scores: Float64Array, width: number, y: Int32Array): number {
  const right = y.filter((c, row) => {
    const own = scores.subarray(row * width, (row + 1) * width);
    return own.indexOf(Math.max(...own)) === c;
  });
  return right.length / y.length;
}
