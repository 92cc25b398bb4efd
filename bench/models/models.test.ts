import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { env } from "@tensorflow/tfjs-core";
import { ddpm } from "./ddpm-unet.js";
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
  "ddpm-unet": {
    parameters: 805_985,
    make: () => ddpm(key(1)),
    table: pictures(32, (wave) => wave),
    batch: 2,
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
