import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { env } from "@tensorflow/tfjs-core";
import { dcgan } from "./dcgan.js";
import { factorised } from "./factorised.js";
import { glow } from "./glow-mnist.js";
import { pixelCnn } from "./pixelcnn.js";
import { realNvp, standardisedMoons } from "./realnvp-2d.js";
import { parameterCount, steps, type StepResult, type Table, type Training } from "./training.js";

beforeAll(() => useBackend("onnx"));
afterAll(() => {
  env().set("ONNX_COMPILED", true);
});

/** Smooth made-up pictures with values in a range. */
const pictures = (side: number, value: (wave: number) => number): Table => ({
  data: Float32Array.from({ length: 64 * side * side }, (_, i) => value(Math.sin(0.013 * i * (1 + (i % 7))))),
  length: 64,
  shape: [1, side, side],
});

interface Case {
  readonly parameters: number;
  readonly make: () => Training;
  readonly table: Table;
  readonly batch: number;
  /** Rounding grows from step to step: each step is compared from the same parameters. */
  readonly chaotic?: true;
}

const cases: Readonly<Record<string, Case>> = {
  "realnvp-2d": {
    parameters: 139_296,
    make: () => realNvp(key(1)),
    table: standardisedMoons().train,
    batch: 64,
  },
  pixelcnn: {
    parameters: 116_609,
    make: () => pixelCnn(key(1)),
    table: pictures(28, (wave) => Number(wave > 0.3)),
    batch: 2,
  },
  dcgan: {
    parameters: 270_754,
    make: () => dcgan(key(1)),
    table: pictures(28, (wave) => wave),
    batch: 8,
    chaotic: true,
  },
  "glow-mnist": {
    parameters: 76_172,
    make: () => glow(key(1)),
    table: pictures(32, (wave) => Math.round(127 + 127 * wave)),
    batch: 4,
    chaotic: true,
  },
};

/** How far apart the losses are, relative to them, at worst over 200 steps. */
async function gap({ make, table, batch, chaotic }: Case): Promise<number> {
  using compiled = make();
  using eager = make();
  const [quick, slow] = [compiled, eager].map((training) =>
    steps({ ...training, batch }, table, { seed: 3, steps: 200 }),
  ) as [AsyncGenerator<StepResult>, AsyncGenerator<StepResult>];
  const next = async (process: AsyncGenerator<StepResult>, compiles: boolean): Promise<readonly number[]> => {
    env().set("ONNX_COMPILED", compiles);
    const { value } = (await process.next()) as IteratorYieldResult<StepResult>;
    return value.losses;
  };
  let worst = 0;
  for (let step = 0; step < 200; step++) {
    const [found, expected] = [await next(quick, true), await next(slow, false)];
    found.forEach((loss, i) => {
      worst = Math.max(worst, Math.abs(loss - expected[i]!) / Math.max(1, Math.abs(expected[i]!)));
    });
    if (chaotic) eager.variables.forEach((variable, i) => variable.assign(compiled.variables[i]!));
  }
  return worst;
}

describe.each(Object.entries(cases))("%s", (_, each) => {
  test("has the peer's parameters", () => {
    using training = each.make();
    expect(parameterCount(training.variables)).toBe(each.parameters);
  });

  test("trains the same compiled as eager", async () => {
    expect(await gap(each)).toBeLessThan(1e-4);
  }, 300_000);
});

test("a matrix is the product of its factors", () => {
  const matrix = [0.2, -1, 0.5, 2, 0.3, -0.7, -0.4, 0.9, 1.1];
  const { permutation, lower, upper, sign, logDiagonal } = factorised(matrix, 3);
  const at = (row: number, column: number): number => {
    let total = 0;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const left = lower[i * 3 + j]! + Number(i === j);
        const right = upper[j * 3 + column]! + (j === column ? sign[j]! * Math.exp(logDiagonal[j]!) : 0);
        total += permutation[row * 3 + i]! * left * right;
      }
    return total;
  };
  matrix.forEach((value, i) => expect(at(Math.floor(i / 3), i % 3)).toBeCloseTo(value, 5));
});
