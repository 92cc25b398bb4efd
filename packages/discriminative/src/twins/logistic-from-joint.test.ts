import { InputError, rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { near } from "../testing/near.js";
import { logisticFromJoint, type JointNumbers } from "./logistic-from-joint.js";

beforeAll(() => useBackend("cpu"));

const logPriors = [Math.log(0.2), Math.log(0.5), Math.log(0.3)];
const probabilities = [
  [0.2, 0.3, 0.5],
  [0.6, 0.3, 0.1],
  [0.1, 0.8, 0.1],
];
const x = [
  [0, 1, 1],
  [1, 0, 0],
  [1, 1, 1],
];

/** log p(class | x) by Bayes' rule from log p(x | class). */
function byBayes(logLikelihood: (row: number[], c: number) => number): number[] {
  return x.flatMap((row) => {
    const joint = logPriors.map((prior, c) => prior + logLikelihood(row, c));
    const total = Math.log(joint.reduce((sum, value) => sum + Math.exp(value), 0));
    return joint.map((value) => value - total);
  });
}

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
const means = [
  [1, -2, 0],
  [0, 3, 5],
  [2, 2, 2],
];
const variances = [0.5, 2, 9];

it.each<[JointNumbers, (row: number[], c: number) => number]>([
  [
    { kind: "gaussian", logPriors, means, variances },
    (row, c) => sum(row.map((value, j) => -((value - means[c]![j]!) ** 2) / (2 * variances[j]!))),
  ],
  [
    { kind: "bernoulli", logPriors, probabilities },
    (row, c) =>
      sum(row.map((value, j) => Math.log(value === 1 ? probabilities[c]![j]! : 1 - probabilities[c]![j]!))),
  ],
  [
    { kind: "multinomial", logPriors, probabilities },
    (row, c) => sum(row.map((value, j) => value * Math.log(probabilities[c]![j]!))),
  ],
])("has the posteriors of Bayes' rule: $kind", (joint, logLikelihood) => {
  const model = logisticFromJoint(joint);
  near(model.logPosterior(rows({ x })), byBayes(logLikelihood), { relative: 1e-12, absolute: 1e-12 });
});

it("refuses unlike sizes and certainty", () => {
  expect(() => logisticFromJoint({ kind: "bernoulli", logPriors: [0], probabilities })).toThrow(InputError);
  const certain = [[1], [0.5]];
  expect(() => logisticFromJoint({ kind: "bernoulli", logPriors: [0, 0], probabilities: certain })).toThrow(
    /column 1 of class 1 has no finite log-odds/,
  );
});
