import { expect, test } from "vitest";
import { MetricsBuffer } from "../worker/metrics.js";
import { extended, type Curves } from "./curve.js";

test("a metric that comes later has no value at the steps before", () => {
  const buffer = new MetricsBuffer();
  buffer.add(1, { loss: 3 });
  buffer.add(2, { loss: 2, extra: 5 });
  buffer.add(3, { extra: 6 });
  expect(buffer.isEmpty).toBe(false);
  const report = buffer.take();
  expect(report.steps).toEqual(Float64Array.of(1, 2, 3));
  expect(report.values["loss"]).toEqual(Float64Array.of(3, 2, NaN));
  expect(report.values["extra"]).toEqual(Float64Array.of(NaN, 5, 6));
  expect(buffer.isEmpty).toBe(true);
  const { loss, extra } = extended({}, report);
  expect(loss).toMatchObject({ first: 3, last: 2, lowest: 2, highest: 3 });
  expect(extra).toMatchObject({ first: 5, last: 6 });
});

test("a long curve is thinned out and keeps its ends and extremes", () => {
  let curves: Curves = {};
  for (let begin = 0; begin < 10_000; begin += 500) {
    const steps = Float64Array.from({ length: 500 }, (_, i) => begin + i + 1);
    curves = extended(curves, {
      steps,
      values: { loss: steps.map((step) => (step === 4242 ? -7 : 1 / step)) },
    });
  }
  const loss = curves["loss"]!;
  expect(loss.steps.length).toBeLessThanOrEqual(2000);
  expect(loss.values).toHaveLength(loss.steps.length);
  expect([loss.steps[0], loss.steps.at(-1)]).toEqual([1, 10_000]);
  expect(loss).toMatchObject({ first: 1, last: 1 / 10_000, lowest: -7, highest: 1 });
});
