import { posterior, readSync, rows, type DataSpec, type Field, type Rows } from "@gen/core";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ComplementNaiveBayes } from "./complement/model.js";
import { logTotal, momentsOfTotals, totalOf } from "./counts/total.js";
import { float64 } from "@gen/core/math";
import { naiveBayesOf } from "./testing/settings.js";

interface Case {
  model: "GaussianNB" | "MultinomialNB" | "ComplementNB" | "BernoulliNB" | "CategoricalNB";
  varSmoothing?: number;
  alpha?: number;
  binarize?: number;
  categories?: number;
  X: number[][];
  y: number[];
  Xtest?: number[][];
  theta?: number[][];
  variance?: number[][];
  logPrior?: number[];
  classLogPrior?: number[];
  featureLogProb?: number[][] | number[][][];
  logProba: number[][];
  predict?: number[];
  jointLogLikelihood: number[][];
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../test/oracles");
const { cases } = JSON.parse(readFileSync(join(folder, "naive-bayes.json"), "utf8")) as { cases: Case[] };
const caseOf = (model: Case["model"]): Case => cases.find((one) => one.model === model)!;

/** 1e-9 relative or 1e-12 absolute. */
function near(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= Math.max(1e-12, 1e-9 * Math.abs(expected[i]!))))
      expect.fail(`entry ${i}: ${actual[i]!} instead of ${expected[i]!}`);
  }
}

const spec = (field: Field, classes = 3): DataSpec => ({
  kind: "table",
  fields: { x: field, y: { type: "category", shape: [], levels: classes, role: "y" } },
});
const table = (X: number[][], y?: number[]): Rows =>
  rows({
    x: { data: Float64Array.from(X.flat()), shape: [X[0]!.length] },
    ...(y && { y: Int32Array.from(y) }),
  });
const real = (X: number[][]): Field => ({ type: "real", shape: [X[0]!.length] });
const category = (X: number[][], levels: number): Field => ({
  type: "category",
  shape: [X[0]!.length],
  levels,
  ordered: true,
});
const head = (X: number[][], like: number[][]): number[][] => X.slice(0, like.length);

describe("scikit-learn's numbers", () => {
  it("GaussianNB", () => {
    const oracle = caseOf("GaussianNB");
    const model = naiveBayesOf(spec(real(oracle.X)), { varianceSmoothing: oracle.varSmoothing! });
    model.partialFit(table(oracle.X, oracle.y));
    const { means } = model.statistics.parts[0]!;
    near(means!, oracle.theta!.flat());
    near(model.learned.logPriors, oracle.logPrior!);
    const x = table(oracle.Xtest!);
    near(model.logJoint(x), oracle.jointLogLikelihood.flat());
    near(readSync(posterior(model, x)), oracle.logProba.flat());
    const width = model.classes.length;
    const predicted = oracle.logProba.map((_, row) => {
      const own = model.logJoint(x).subarray(row * width, (row + 1) * width);
      return own.indexOf(Math.max(...own));
    });
    expect(predicted).toEqual(oracle.predict);
    // A density at the mean of a class tells its variance.
    oracle.theta!.forEach((mean, c) => {
      const single = { ...oracle, X: [mean] };
      const given = model.given(rows({ y: Int32Array.of(c) }));
      const expected = oracle.variance![c]!.reduce((sum, v) => sum - Math.log(2 * Math.PI * v) / 2, 0);
      near(readSync(given.logProb(table(single.X))), [expected]);
    });
  });

  it("MultinomialNB", () => {
    const oracle = caseOf("MultinomialNB");
    const model = naiveBayesOf(spec(real(oracle.X)), { likelihood: "multinomial", alpha: oracle.alpha! });
    model.partialFit(table(oracle.X, oracle.y));
    near(model.learned.logPriors, oracle.classLogPrior!);
    const X = head(oracle.X, oracle.logProba);
    near(readSync(posterior(model, table(X))), oracle.logProba.flat());
    // What scikit-learn leaves out: n! / Π x!, and the probability of the total.
    const totals = Float64Array.from(oracle.X, (row) => row.reduce((a, b) => a + b, 0));
    const total = totalOf(momentsOfTotals(totals, new Float64Array(totals.length).fill(1)));
    const left = X.map((row, i) => {
      const n = totals[i]!;
      const orders = row.reduce((sum, count) => sum - float64.logFactorial(count), float64.logFactorial(n));
      return orders + logTotal(total, n, 1);
    });
    const scores = Array.from(model.logJoint(table(X)), (value, i) => value - left[Math.floor(i / 3)]!);
    near(scores, oracle.jointLogLikelihood.flat());
    // One event of each kind tells its probability in each class.
    const width = oracle.X[0]!.length;
    for (let j = 0; j < width; j++) {
      const one = Array.from({ length: width }, (_, k) => (k === j ? 1 : 0));
      const joint = model.logJoint(table([one]));
      near(
        Array.from(joint, (value, c) => value - model.learned.logPriors[c]! - logTotal(total, 1, 1)),
        (oracle.featureLogProb as number[][]).map((own) => own[j]!),
      );
    }
  });

  it("ComplementNB", () => {
    const oracle = caseOf("ComplementNB");
    const model = new ComplementNaiveBayes(spec(real(oracle.X)), { alpha: oracle.alpha!, normalised: false });
    model.partialFit(table(oracle.X, oracle.y));
    near(model.weights, (oracle.featureLogProb as number[][]).flat());
    const x = table(head(oracle.X, oracle.logProba));
    near(model.scores(x), oracle.jointLogLikelihood.flat());
    near(model.logPosterior(x), oracle.logProba.flat());
  });

  it("BernoulliNB", () => {
    const oracle = caseOf("BernoulliNB");
    const binary = oracle.X.map((row) => row.map((count) => (count > oracle.binarize! ? 1 : 0)));
    const model = naiveBayesOf(spec(real(oracle.X)), { likelihood: "bernoulli", alpha: oracle.alpha! });
    model.partialFit(table(binary, oracle.y));
    near(readSync(posterior(model, table(head(binary, oracle.logProba)))), oracle.logProba.flat());
    // The oracle's jointLogLikelihood is scikit-learn's of the counts themselves, not binarised: linear in each.
    const width = oracle.X[0]!.length;
    const unit = (j: number): Float64Array =>
      model.logJoint(table([Array.from({ length: width }, (_, k) => (k === j ? 1 : 0))]));
    const none = unit(-1);
    const slopes = Array.from({ length: width }, (_, j) => unit(j).map((value, c) => value - none[c]!));
    near(
      head(oracle.X, oracle.logProba).flatMap((row) =>
        Array.from(none, (base, c) => row.reduce((sum, count, j) => sum + count * slopes[j]![c]!, base)),
      ),
      oracle.jointLogLikelihood.flat(),
    );
    near(
      (oracle.featureLogProb as number[][])[0]!.map((_, j) => {
        const only = Array.from({ length: width }, (__, k) => (k === j ? 1 : NaN));
        return model.logJoint(table([only]))[0]! - model.learned.logPriors[0]!;
      }),
      (oracle.featureLogProb as number[][])[0]!,
    );
    // The same of counts with a threshold: levels within a side are equally likely, in every class alike.
    const levels = Math.max(...oracle.X.flat()) + 1;
    const counted = naiveBayesOf(spec(category(oracle.X, levels)), {
      likelihood: "bernoulli",
      alpha: oracle.alpha!,
      threshold: oracle.binarize!,
    });
    counted.partialFit(table(oracle.X, oracle.y));
    near(readSync(posterior(counted, table(head(oracle.X, oracle.logProba)))), oracle.logProba.flat());
  });

  it("CategoricalNB", () => {
    const oracle = caseOf("CategoricalNB");
    const model = naiveBayesOf(spec(category(oracle.X, oracle.categories!)), { alpha: oracle.alpha! });
    model.partialFit(table(oracle.X, oracle.y));
    const x = table(head(oracle.X, oracle.logProba));
    near(model.logJoint(x), oracle.jointLogLikelihood.flat());
    near(readSync(posterior(model, x)), oracle.logProba.flat());
    const features = oracle.featureLogProb as number[][][];
    features.forEach((own, j) => {
      own.forEach((logProb, c) =>
        logProb.forEach((value, level) => {
          const only = oracle.X[0]!.map((_, k) => (k === j ? level : -1));
          near([model.logJoint(table([only]))[c]! - model.learned.logPriors[c]!], [value]);
        }),
      );
    });
  });
});
