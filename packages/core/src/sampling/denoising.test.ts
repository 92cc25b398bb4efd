import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { add, makeTensor, mul } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak, numbers } from "../capabilities/testing/fakes.js";
import { column } from "../data/index.js";
import { key, normal } from "../random/index.js";
import { denoising, type Noisy } from "./denoising.js";
import { sample, trace } from "./run.js";
import { sampler } from "./testing/chains.js";

beforeAll(() => useBackend("cpu"));

const options = { steps: { type: "integer", default: 4, minimum: 1 } } as const;

type Labelled = Noisy & { readonly y: Tensor };

/** Halves the noise at each step; data are expected at 100 times the label. */
const halving = denoising<Labelled, typeof options>({
  options,
  steps: ({ steps }) => steps,
  begin: (key, count) => ({
    x: normal(key, [count]),
    y: makeTensor(
      Int32Array.from({ length: count }, (_, i) => i),
      [count],
      "int32",
    ),
  }),
  denoise: ({ x, y }) => ({ x: mul(x, 0.5), expected: add(mul(x, 0), mul(y, 100)), y }),
  rows: (x, { y }) => ({
    length: x.shape[0],
    columns: { x: { data: x, shape: [] }, y: { data: y, shape: [] } },
  }),
});

test("goes from noise to data by as many steps as the option says", async () => {
  await expectNoLeak(async () => {
    const drawn = (steps: number) =>
      sample(sampler(halving), { key: key(1), count: 3, options: { steps } }).then(numbers);
    const [few, many] = [await drawn(1), await drawn(6)];
    few.forEach((x, i) => expect(x / many[i]!).toBeCloseTo(32, 3));
  });
});

test("frames show x and what it is expected to become, with what stays the same", async () => {
  await expectNoLeak(async () => {
    const frames: number[][] = [];
    const process = trace(sampler(halving), { key: key(1), count: 2 });
    let next = await process.next();
    for (; next.done !== true; next = await process.next()) {
      expect(numbers(next.value.expected!)).toEqual([0, 100]);
      expect(Array.from(column(next.value.x!, "y").data as Int32Array)).toEqual([0, 1]);
      frames.push(numbers(next.value.x!));
    }
    expect(frames).toHaveLength(4);
    expect(frames.at(-1)).toEqual(numbers(next.value));
    expect(frames[0]![0]! / frames[3]![0]!).toBeCloseTo(8, 4);
  });
});
