import { memory, scalar, variable, zeros, mul, sum, sqrt, sub } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { rows, tensor } from "../data/index.js";
import { key } from "../random/index.js";
import { diverged } from "./diverged.js";
import { gradient } from "./gradient.js";
import { descent } from "./testing/adam.js";
import { Linear } from "./testing/linear.js";
import { pointSpec } from "./testing/points.js";
import type { Objective } from "./types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const at = (step: number) => ({ step, key: key(1).fold(step) });
const batch = rows({ x: Float64Array.of(0, 1, 2), y: Float64Array.of(-1, 1, 3) });

test("one step of descent is value − rate · gradient", async () => {
  using model = new Linear(pointSpec, 1);
  using trainer = gradient(model.objective(0, descent(0.1)));
  expect(trainer.consumes).toBe("batch");
  const { metrics } = await trainer.step([batch], at(0));
  // Errors of y = x + 1: 2, 1, 0, so loss 5/3, slope's gradient 2/3 · (0 + 1 + 0), offset's 2/3 · 3.
  expect(metrics["loss"]).toBeCloseTo(5 / 3, 6);
  expect(metrics["bias"]).toBeCloseTo(1, 6);
  expect((await model.variables.slope.data())[0]).toBeCloseTo(1 - 0.1 * (2 / 3), 6);
  expect((await model.variables.offset.data())[0]).toBeCloseTo(1 - 0.1 * 2, 6);
});

test("a step leaves nothing behind, and neither does one that throws", async () => {
  using model = new Linear(pointSpec, 1);
  using trainer = gradient(model.objective(0.1, descent(0.1)));
  await trainer.step([batch], at(0));
  const before = memory().numTensors;
  await trainer.step([batch], at(1));
  expect(memory().numTensors).toBe(before);

  const throwing = (where: "loss" | "apply"): Objective => ({
    variables: [model.variables.slope],
    loss: () => {
      const loss = mul(model.variables.slope, 2);
      return {
        loss: loss.asScalar(),
        metrics: {
          a: scalar(1),
          get b() {
            if (where === "loss") throw new Error("in the loss");
            return scalar(2);
          },
        },
        updates: new Map([[model.variables.offset, scalar(3)]]),
      };
    },
    optimizer: {
      ...descent(1),
      apply: () => {
        zeros([2]);
        throw new Error("in apply");
      },
    },
  });
  await expect(gradient(throwing("loss")).step([batch], at(0))).rejects.toThrow("in the loss");
  await expect(gradient(throwing("apply")).step([batch], at(0))).rejects.toThrow("in apply");
  expect(memory().numTensors).toBe(before);
});

test("updates take effect after the step, and a variable that the loss ignores stays", async () => {
  const weight = variable(scalar(2)),
    unused = variable(scalar(5)),
    average = variable(scalar(0));
  const trainer = gradient({
    variables: [weight, unused],
    loss: () => ({ loss: mul(weight, weight).asScalar(), updates: new Map([[average, mul(weight, 10)]]) }),
    optimizer: descent(0.25),
  });
  await trainer.step([batch], at(0));
  expect([weight, unused, average].map((v) => v.dataSync()[0])).toEqual([1, 5, 20]);
  for (const v of [weight, unused, average]) v.dispose();
});

test("a loss or gradient that is not finite is a diagnosis and changes nothing", async () => {
  const weight = variable(scalar(0)),
    average = variable(scalar(0));
  const losses = {
    loss: () => mul(sub(weight, weight), Infinity).asScalar(),
    // √0 = 0 with an infinite slope.
    gradient: () => sqrt(weight).asScalar(),
  };
  const before = memory().numTensors;
  for (const loss of Object.values(losses)) {
    const trainer = gradient({
      variables: [weight],
      loss: () => ({ loss: loss(), updates: new Map([[average, scalar(1)]]) }),
      optimizer: descent(1),
    });
    const { diagnoses } = await trainer.step([batch], at(0));
    expect(diagnoses).toEqual([diverged]);
    expect([weight.dataSync()[0], average.dataSync()[0]]).toEqual([0, 0]);
  }
  expect(memory().numTensors).toBe(before);
  weight.dispose();
  average.dispose();
});

test("an objective that prepares its rows consumes the pool, with keys of their own for rows and loss", async () => {
  const weight = variable(scalar(1));
  const used: (readonly number[])[] = [];
  const trainer = gradient({
    variables: [weight],
    prepare(pool, rowsKey) {
      used.push(rowsKey.data);
      expect(pool.length).toBe(3);
      return rows({ x: Float64Array.of(4) });
    },
    loss(prepared, lossKey) {
      used.push(lossKey.data);
      return { loss: sum(mul(weight, tensor(prepared, "x"))) };
    },
    optimizer: descent(0.5),
  });
  expect(trainer.consumes).toBe("pool");
  await trainer.step([batch], at(0));
  expect(weight.dataSync()[0]).toBe(-1);
  expect(used[0]).not.toEqual(used[1]);
  weight.dispose();
});
