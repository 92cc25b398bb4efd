import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals64, randints } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { evaluate as evaluateBy, merge, type Lesson, type Relative } from "./evaluate.js";
import { productInJavaScript } from "./product.js";

beforeAll(() => useBackend("cpu"));

const evaluate = (lesson: Lesson, linear: Relative) => evaluateBy(lesson, linear, productInJavaScript);

const [rows, width, indicators, features] = [7, 3, 2, 8];
const lesson: Lesson = {
  design: {
    rows,
    numbers: normals64(key(1), rows * width),
    ones: randints(key(2), rows * indicators, features - width).map((level) => level + width),
  },
  labels: randints(key(3), rows, 3),
  weights: Float64Array.of(1, 2, 0, 0.5, 1, 1, 3),
};

describe.each([
  ["several outputs", 3, false],
  ["outputs beside one that is 0", 2, true],
])("the loss over %s", (_, outputs, hasReference) => {
  const vector = normals64(key(4), (features + 1) * outputs);
  const labels = lesson.labels.map((label) => (hasReference ? label - 1 : label));
  const linear = (values: Float64Array): Relative => ({
    outputs,
    hasReference,
    weights: values.subarray(0, features * outputs),
    intercepts: values.subarray(features * outputs),
  });
  const own = { ...lesson, labels };

  it("has the gradient that differences tell", () => {
    const { gradient } = evaluate(own, linear(vector));
    const h = 1e-5;
    gradient.forEach((slope, i) => {
      const [more, less] = [vector.slice(), vector.slice()];
      more[i]! += h;
      less[i]! -= h;
      const difference = evaluate(own, linear(more)).loss - evaluate(own, linear(less)).loss;
      expect(slope).toBeCloseTo(difference / (2 * h), 7);
    });
  });

  it("adds up over rows, and is finite for outputs of any size", () => {
    const part = (from: number, to: number): Lesson => ({
      design: {
        rows: to - from,
        numbers: own.design.numbers.slice(from * width, to * width),
        ones: own.design.ones.slice(from * indicators, to * indicators),
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
