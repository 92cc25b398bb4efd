import { beforeAll, expect, test } from "vitest";
import { makeTensor } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { read } from "../data/index.js";
import type { Values } from "../types.js";
import { classifier, classify, posterior } from "./posterior.js";
import { data, expectNoLeak, fake } from "./testing/fakes.js";

beforeAll(() => useBackend("cpu"));

const classes = ["a", "b", "c"];
const table = [-1, -2, -Infinity, -Infinity, -Infinity, -Infinity];
const forms: [string, (values: number[]) => Values][] = [
  ["float64", (values) => Float64Array.from(values)],
  ["the engine", (values) => makeTensor(values, [2, 3])],
];

test.each(forms)("Bayes' rule on %s; a row that is impossible in all classes is uniform", async (_, form) => {
  await expectNoLeak(async () => {
    const found = await read(posterior({ classes, logJoint: () => form(table) }, data()));
    const total = Math.log(Math.exp(-1) + Math.exp(-2));
    const expected = [-1 - total, -2 - total, -Infinity, ...Array<number>(3).fill(-Math.log(3))];
    found.forEach((value, i) => {
      if (Number.isFinite(expected[i])) expect(value).toBeCloseTo(expected[i]!, 6);
      else expect(value).toBe(expected[i]);
    });
  });
});

test("far below zero nothing underflows", async () => {
  const found = posterior({ classes, logJoint: () => Float64Array.of(-4e3, -4001, -5e3) }, data());
  expect((await read(found))[0]).toBeCloseTo(-Math.log(1 + Math.exp(-1)), 12);
});

test.each(forms)("classify takes the likeliest, the first of equals (%s)", async (_, form) => {
  await expectNoLeak(async () => {
    const model = { classes, logPosterior: () => form([-3, -1, -1, -2, -3, -0.5]) };
    expect([...(await classify(model, data()))]).toEqual([1, 2]);
  });
});

test("a classifier is the model itself, or its joint, or nothing", async () => {
  const logPosterior = () => Float64Array.from(table);
  const own = fake({ classes, logPosterior, logJoint: logPosterior }, ["classifier", "joint"]);
  expect(classifier(own)).toBe(own);
  const joint = classifier(fake({ classes, logJoint: logPosterior }, ["joint"]));
  expect([...(await classify(joint!, data()))]).toEqual([0, 0]);
  expect(classifier(fake({}, []))).toBeUndefined();
});
