import { InputError, key, withoutLabels } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, expect, it } from "vitest";
import { crf } from "../crf/index.js";
import { logisticRegression } from "../logistic-regression/index.js";
import { tagged } from "../testing/poems.js";
import { table } from "../testing/tables.js";
import { crossing, learningCurve, type CurvePoint } from "./learning-curve.js";

beforeAll(() => useBackend("cpu"));

async function collected(points: AsyncIterable<CurvePoint>): Promise<CurvePoint[]> {
  const all: CurvePoint[] = [];
  for await (const point of points) all.push(point);
  return all;
}

it("rises with the rows learned from, for classes and for tags, and is the same for the same key", async () => {
  const classes = {
    models: {
      free: { plugin: logisticRegression, training: { C: 100 } },
      held: { plugin: logisticRegression, training: { C: 1e-6 }, config: { standardise: true } },
    },
    data: table(key(1), 200),
    test: table(key(2), 200),
    sizes: [5, 150],
    seeds: 2,
    key: key(3),
  };
  const points = await collected(learningCurve(classes));
  expect(points.map(({ model, size }) => `${model} ${size}`)).toEqual([
    "free 5",
    "held 5",
    "free 150",
    "held 150",
  ]);
  expect(points[2]!.accuracy).toBeGreaterThan(points[0]!.accuracy);
  for (const { accuracy, accuracies } of points)
    expect(accuracy).toBeCloseTo((accuracies[0]! + accuracies[1]!) / 2, 12);
  expect(await collected(learningCurve(classes))).toEqual(points);
  const tags = {
    ...classes,
    models: { crf: { plugin: crf } },
    data: tagged(key(4), 60),
    test: tagged(key(5), 60),
    sizes: [2, 60],
  };
  const [few, many] = await collected(learningCurve(tags));
  expect(many!.accuracy).toBeGreaterThan(few!.accuracy + 0.05);
});

it("refuses what can't be compared", async () => {
  const data = table(key(1), 10);
  const options = { models: {}, data, test: data, sizes: [5], seeds: 1, key: key(1) };
  await expect(collected(learningCurve({ ...options, sizes: [11] }))).rejects.toThrow(
    /11 rows can't be taken of 10/,
  );
  await expect(collected(learningCurve({ ...options, seeds: 0 }))).rejects.toThrow(InputError);
  await expect(collected(learningCurve({ ...options, test: withoutLabels(data) }))).rejects.toThrow(
    /no labels/,
  );
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(
    collected(learningCurve({ ...options, models: { a: { plugin: logisticRegression } }, signal })),
  ).rejects.toThrow("enough");
});

it("tells where one model overtakes another", () => {
  const point = (model: string, size: number, accuracy: number): CurvePoint => ({
    model,
    size,
    accuracy,
    deviation: 0,
    accuracies: [accuracy],
  });
  const points = [point("a", 10, 0.5), point("b", 10, 0.6), point("a", 1000, 0.8), point("b", 1000, 0.7)];
  expect(crossing(points, "a", "b")).toBeCloseTo(100, 9);
  expect(crossing(points, "b", "a")).toBeUndefined();
});
