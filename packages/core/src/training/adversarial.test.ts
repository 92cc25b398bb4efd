import { add, memory, mul, scalar, square, sub, tidy, variable, type Variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { rows } from "../data/index.js";
import { InputError } from "../errors.js";
import { key, normal } from "../random/index.js";
import type { Key } from "../random/types.js";
import { adversarial } from "./adversarial.js";
import { averaged } from "./averaged.js";
import { adam, descent } from "./testing/adam.js";
import type { Objective, Optimizer } from "./types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const at = (step: number) => ({ step, key: key(1).fold(step) });
const batch = [rows({ x: [1] })];
const value = (of: Variable): number => of.dataSync()[0]!;

/** The critic w maximises w θ - w² / 2, the generator θ minimises w θ with noise. */
function game(make: (own: Variable) => Optimizer, noise = 0) {
  const [w, theta] = tidy(() => [variable(scalar(1)), variable(scalar(3))]);
  const drawn: number[] = [];
  const draw = (from: Key) => {
    const z = normal(from.fold("noise"), []);
    drawn.push(z.dataSync()[0]!);
    return mul(z, noise);
  };
  const critic: Objective = {
    variables: [w],
    optimizer: make(w),
    loss: (_, from) => ({
      loss: sub(mul(square(w), 0.5), mul(w, add(theta, draw(from)))).asScalar(),
      metrics: { slope: w.asScalar() },
    }),
    diagnose: (_, step) => (step === 2 ? [{ kind: "tired", remedy: "Rest." }] : []),
  };
  const steps: number[] = [];
  const generator: Objective = {
    variables: [theta],
    optimizer: {
      ...make(theta),
      apply(variables, gradients, step) {
        steps.push(step);
        descent(0.1).apply(variables, gradients, step);
      },
    },
    loss: (_, from) => ({ loss: mul(w, add(theta, draw(from))).asScalar() }),
  };
  const dispose = (): void => {
    w.dispose();
    theta.dispose();
  };
  return { critic, generator, w: w, theta: theta, drawn, steps, dispose };
}

test("the critic moves first, and the generator against the moved critic, with the same noise", async () => {
  const { critic, generator, w, theta, drawn, dispose } = game(() => descent(0.1), 0.5);
  using trainer = adversarial({ critic, generator });
  expect(trainer.consumes).toBe("batch");
  const { metrics } = await trainer.step(batch, at(0));
  expect(drawn[1]).toBe(drawn[0]);
  const z = 0.5 * drawn[0]!;
  expect(metrics["critic"]).toBeCloseTo(0.5 - (3 + z), 5);
  expect(metrics["slope"]).toBe(1);
  // w ← w - 0.1 (w - θ - z), θ ← θ - 0.1 w.
  const moved = 1 - 0.1 * (1 - 3 - z);
  expect(value(w)).toBeCloseTo(moved, 5);
  expect(metrics["generator"]).toBeCloseTo(moved * (3 + z), 4);
  expect(value(theta)).toBeCloseTo(3 - 0.1 * moved, 5);
  await trainer.step(batch, at(1));
  expect(drawn[2]).not.toBe(drawn[0]);
  dispose();
});

test("the generator takes every third step with a ratio of 3, counted by itself", async () => {
  const { critic, generator, theta, steps, dispose } = game(() => descent(0.1));
  using trainer = adversarial({ critic, generator, ratio: 3 });
  const told: string[] = [];
  for (let step = 0; step < 7; step++) {
    const before = value(theta);
    const { metrics, diagnoses = [] } = await trainer.step(batch, at(step));
    expect("generator" in metrics).toBe(step % 3 === 2);
    expect(value(theta) !== before).toBe(step % 3 === 2);
    told.push(...diagnoses.map(({ kind }) => `${kind} ${step}`));
  }
  expect(steps).toEqual([0, 1]);
  expect(told).toEqual(["tired 2"]);
  dispose();
});

test("goes on from its state bit for bit, also under an average", async () => {
  const make = () => {
    const own = game((variable) => adam(0.05, [variable]), 0.3);
    const inner = adversarial({ ...own, ratio: 2 });
    return { own, trainer: averaged(inner, { variables: [own.theta], decay: 0.9 }) };
  };
  const [whole, half, rest] = [make(), make(), make()];
  for (let step = 0; step < 8; step++) await whole.trainer.step(batch, at(step));
  for (let step = 0; step < 3; step++) await half.trainer.step(batch, at(step));
  const state = await half.trainer.state();
  expect([...state.keys()].filter((name) => name.includes("critic/"))).not.toEqual([]);
  rest.trainer.restore(state);
  rest.own.w.assign(half.own.w);
  rest.own.theta.assign(half.own.theta);
  for (let step = 3; step < 8; step++) await rest.trainer.step(batch, at(step));
  expect(value(rest.own.w)).toBe(value(whole.own.w));
  expect(value(rest.own.theta)).toBe(value(whole.own.theta));
  expect(await rest.trainer.state()).toEqual(await whole.trainer.state());
  for (const { own, trainer } of [whole, half, rest]) {
    trainer[Symbol.dispose]();
    own.dispose();
  }
});

describe("a loss that is not finite", () => {
  test("of the critic stops both, and of the generator says so", async () => {
    for (const player of ["critic", "generator"] as const) {
      const { critic, generator, w, theta, dispose } = game(() => descent(0.1));
      const own = player === "critic" ? w : theta;
      const broken: Objective = {
        ...(player === "critic" ? critic : generator),
        loss: () => ({ loss: mul(sub(own, own), Infinity).asScalar() }),
      };
      const both = { critic, generator, [player]: broken };
      using trainer = adversarial(both);
      const { diagnoses = [] } = await trainer.step(batch, at(0));
      expect(diagnoses).toMatchObject([{ kind: "diverged" }]);
      expect(diagnoses[0]!.remedy).toMatch(new RegExp(`^Of the ${player}`));
      expect(value(w) === 1).toBe(player === "critic");
      expect(value(theta)).toBe(3);
      dispose();
    }
  });
});

test("refuses other ratios, having disposed the optimizers, and arrays of others", () => {
  for (const ratio of [0, -1, 1.5, NaN]) {
    const { critic, generator, dispose } = game(() => descent(0.1));
    let disposed = 0;
    const counting = (objective: Objective): Objective => ({
      ...objective,
      optimizer: {
        ...objective.optimizer,
        [Symbol.dispose]: () => {
          disposed++;
        },
      },
    });
    const both = { critic: counting(critic), generator: counting(generator), ratio };
    expect(() => adversarial(both)).toThrow(InputError);
    expect(disposed).toBe(2);
    dispose();
  }
  const { critic, generator, dispose } = game(() => descent(0.1));
  using trainer = adversarial({ critic, generator });
  const array = { dtype: "F32", shape: [1], data: Float32Array.of(1) } as const;
  expect(() => trainer.restore(new Map([["mean/0", array]]))).toThrow(/"mean\/0", which is of no optimizer/);
  dispose();
});

test("starts when told to, and leaves nothing behind", async () => {
  const start = memory().numTensors;
  const { critic, generator, theta, dispose } = game((variable) => adam(0.1, [variable]));
  const trainer = adversarial({ critic, generator, start: () => theta.assign(scalar(7)) });
  await trainer.start?.(batch, key(0));
  expect(value(theta)).toBe(7);
  await trainer.step(batch, at(0));
  const before = memory().numTensors;
  await trainer.step(batch, at(1));
  expect(memory().numTensors).toBe(before);
  await expect(trainer.step([], at(2))).rejects.toThrow("A step needs rows.");
  trainer[Symbol.dispose]();
  dispose();
  expect(memory().numTensors).toBe(start);
});
