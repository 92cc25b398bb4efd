import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64, randints } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { near } from "../testing/near.js";
import { evaluate as evaluateBy, merge, type Lesson, type Relative } from "./evaluate.js";
import { productInJavaScript } from "./product.js";
import type { SparseRows } from "./sparse-rows.js";

beforeAll(() => useBackend("cpu"));

const evaluate = (lesson: Lesson, linear: Relative) => evaluateBy(lesson, linear, productInJavaScript);

const [rows, width, indicators, features] = [7, 3, 2, 8];
const numbers = normals64(key(1), rows * width);
const levels = randints(key(2), rows * indicators, features - width).map((level) => level + width);

/** The levels of rows, each an entry of 1, behind the numbers that are not 0 where those are given. */
function entriesOf(from: number, to: number, x?: Float64Array): SparseRows {
  const entries: [number, number][][] = [];
  for (let row = from; row < to; row++) {
    const own = x ? [...x.subarray(row * width, (row + 1) * width).entries()] : [];
    const ones = levels.subarray(row * indicators, (row + 1) * indicators);
    entries.push([
      ...own.filter(([, value]) => value !== 0),
      ...Array.from(ones, (level): [number, number] => [level, 1]),
    ]);
  }
  const offsets = new Int32Array(entries.length + 1);
  entries.forEach((own, i) => (offsets[i + 1] = offsets[i]! + own.length));
  const flat = entries.flat();
  return {
    offsets,
    features: Uint16Array.from(flat, ([feature]) => feature),
    values: Float64Array.from(flat, ([, value]) => value),
  };
}

const lesson: Lesson = {
  design: { rows, dense: numbers, sparse: entriesOf(0, rows) },
  labels: randints(key(3), rows, 3),
  weights: Float64Array.of(1, 2, 0, 0.5, 1, 1, 3),
};

describe.each([
  ["several outputs", 3, false],
  ["outputs beside one that is 0", 2, true],
  ["one output beside one that is 0", 1, true],
])("the loss over %s", (_, outputs, hasReference) => {
  const vector = normals64(key(4), (features + 1) * outputs);
  const labels = lesson.labels.map((label) => (hasReference ? (label % (outputs + 1)) - 1 : label));
  const linear = (values: Float64Array): Relative => ({
    outputs,
    hasReference,
    weights: values.subarray(0, features * outputs),
    intercepts: values.subarray(features * outputs),
  });
  const own = { ...lesson, labels };

  it.each([
    ["dense", own],
    ["sparse", { ...own, design: { rows, dense: new Float64Array(0), sparse: entriesOf(0, rows, numbers) } }],
  ])("has the gradient that differences tell: %s", (_, given) => {
    const means = given === own ? {} : { means: Float64Array.of(0.5, -1, 2) };
    const { gradient } = evaluate(given, { ...linear(vector), ...means });
    const h = 1e-5;
    gradient.forEach((slope, i) => {
      const [more, less] = [vector.slice(), vector.slice()];
      more[i]! += h;
      less[i]! -= h;
      const loss = (values: Float64Array): number => evaluate(given, { ...linear(values), ...means }).loss;
      expect(slope).toBeCloseTo((loss(more) - loss(less)) / (2 * h), 7);
    });
  });

  it("is that of dense numbers minus their means where numbers are sparse", () => {
    const x = numbers.map((value, i) => (i % 5 < 3 ? 0 : value));
    const means = Float64Array.of(0.25, -3, 0.5);
    const centred = x.map((value, i) => value - means[i % width]!);
    const dense = { ...own, design: { ...own.design, dense: centred } };
    const sparse = { ...own, design: { rows, dense: new Float64Array(0), sparse: entriesOf(0, rows, x) } };
    const [expected, found] = [
      evaluate(dense, { ...linear(vector), means }),
      evaluate(sparse, { ...linear(vector), means }),
    ];
    expect(found.loss).toBeCloseTo(expected.loss, 12);
    near(found.gradient, expected.gradient, { absolute: 1e-12 });
  });

  it("adds up over rows, and is finite for outputs of any size", () => {
    const part = (from: number, to: number): Lesson => ({
      design: {
        rows: to - from,
        dense: numbers.slice(from * width, to * width),
        sparse: entriesOf(from, to),
      },
      labels: own.labels.slice(from, to),
      weights: own.weights.slice(from, to),
    });
    const both = merge(evaluate(part(0, 4), linear(vector)), evaluate(part(4, rows), linear(vector)));
    const whole = evaluate(own, linear(vector));
    expect(both.loss).toBeCloseTo(whole.loss, 12);
    both.gradient.forEach((slope, i) => expect(slope).toBeCloseTo(whole.gradient[i]!, 12));
    const far = evaluate(own, linear(vector.map((value) => 1e4 * value)));
    expect(Number.isFinite(far.loss) && far.gradient.every(Number.isFinite)).toBe(true);
  });
});
