import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { add, makeTensor, mul } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak, numbers } from "../capabilities/testing/fakes.js";
import type { Implicit } from "../capabilities/types.js";
import { column } from "../data/index.js";
import { Independent } from "../distributions/independent.js";
import { Normal } from "../distributions/normal.js";
import { key } from "../random/index.js";
import { pushforward } from "./pushforward.js";
import { sample, trace } from "./run.js";
import { sampler } from "./testing/chains.js";

beforeAll(async () => {
  await useBackend("cpu");
});

/** x = 2 z + 5 with z ~ N(0, I) in the plane. */
const model: Implicit = {
  get noise() {
    return new Independent(new Normal({ loc: makeTensor([0, 0]), scale: 1 }), 1);
  },
  generate: (z: Tensor) => ({
    length: z.shape[0],
    columns: { x: { data: add(mul(z, 2), 5), shape: [2] } },
  }),
};

test("draws noise and pushes it through the generator", async () => {
  await expectNoLeak(async () => {
    const x = numbers(await sample(sampler(pushforward(model)), { key: key(3), count: 2000 }));
    expect(x.length).toBe(4000);
    const mean = x.reduce((a, b) => a + b) / x.length;
    const deviation = Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length);
    expect(Math.abs(mean - 5)).toBeLessThan((5 * 2) / Math.sqrt(4000));
    expect(deviation).toBeCloseTo(2, 1);
  });
});

test("a frame shows the noise and what became of it", async () => {
  await expectNoLeak(async () => {
    const frames = [];
    for await (const frame of trace(sampler(pushforward(model)), { key: key(3), count: 3 })) {
      frames.push(frame);
      const z = Array.from(column(frame.latent!, "z").data as Float32Array);
      numbers(frame.x!).forEach((value, i) => expect(value).toBeCloseTo(2 * z[i]! + 5, 5));
    }
    expect(frames.length).toBe(1);
  });
});
