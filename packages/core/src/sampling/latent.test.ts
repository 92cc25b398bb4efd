import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dispose, makeTensor, mul, reshape } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak, numbers } from "../capabilities/testing/fakes.js";
import type { Latent } from "../capabilities/types.js";
import { column } from "../data/index.js";
import { Categorical } from "../distributions/categorical.js";
import { Normal } from "../distributions/normal.js";
import { product } from "../distributions/product.js";
import { InputError } from "../errors.js";
import { key } from "../random/index.js";
import { jointly } from "./jointly.js";
import { fromLatent } from "./latent.js";
import { sample, trace } from "./run.js";
import { sampler } from "./testing/chains.js";

let loc: Tensor;
let scale: Tensor;
beforeAll(async () => {
  await useBackend("cpu");
  loc = makeTensor(5);
  scale = makeTensor(2);
});
afterAll(() => {
  dispose([loc, scale]);
});

/** z ~ N(5, 2²), x = N(10 z, 0.01²). */
const model = (): Latent => ({
  prior: new Normal({ loc, scale }),
  encode: () => new Normal({ loc, scale }),
  decode: (z) => product({ x: new Normal({ loc: mul(z, 10), scale: makeTensor(0.01) }) }),
});
const protocol = () => sampler(fromLatent(model()));

const mean = (x: number[]): number => x.reduce((a, b) => a + b) / x.length;
const deviation = (x: number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)));

test("draws from the prior and decodes; the temperature scales the prior's spread", async () => {
  await expectNoLeak(async () => {
    for (const temperature of [1, 0.5]) {
      const x = numbers(await sample(protocol(), { key: key(3), count: 2000, options: { temperature } }));
      expect(Math.abs(mean(x) - 50)).toBeLessThan((5 * 20 * temperature) / Math.sqrt(2000));
      expect(deviation(x) / (20 * temperature)).toBeCloseTo(1, 1);
    }
  });
});

test("at temperature 0 and with the mean all draws are the centre", async () => {
  const options = { temperature: 0, mean: true };
  expect(numbers(await sample(protocol(), { key: key(3), count: 2, options }))).toEqual([50, 50]);
});

test("frames show the latent, the draw and its mean", async () => {
  await expectNoLeak(async () => {
    for await (const frame of trace(protocol(), { key: key(3), count: 2 })) {
      const z = Array.from(column(frame.latent!, "z").data as Float32Array);
      numbers(frame.expected!).forEach((v, i) => expect(v).toBeCloseTo(10 * z[i]!, 4));
      numbers(frame.x!).forEach((v, i) => expect(Math.abs(v - 10 * z[i]!)).toBeLessThan(0.1));
    }
  });
});

test("a prior or p(x | z) without a mean says so, and leaks nothing", async () => {
  const levels = makeTensor([0, 0]);
  const discrete: Latent = {
    ...model(),
    prior: new Categorical({ logits: levels }),
    decode: () => product({ x: new Categorical({ logits: levels }) }),
  };
  await expectNoLeak(async () => {
    for (const options of [{ temperature: 0.5 }, { mean: true }])
      await expect(sample(sampler(fromLatent(discrete)), { key: key(1), count: 2, options })).rejects.toThrow(
        InputError,
      );
  });
  levels.dispose();
});

test("jointly draws y, then x given y, and attaches y", async () => {
  const settings = {
    get prior() {
      return new Categorical({ probs: makeTensor([0.25, 0.75]) });
    },
    given: (y: Tensor) =>
      product({ x: new Normal({ loc: mul(reshape(y, [-1]), 100), scale: makeTensor(1) }) }),
  };
  const attach: NonNullable<Parameters<typeof jointly>[0]["attach"]> = (x, y) => ({
    length: x.length,
    columns: { ...x.columns, y: { data: y, shape: [] } },
  });
  await expectNoLeak(async () => {
    const drawn = await sample(
      sampler(
        jointly(Object.defineProperties({ attach }, Object.getOwnPropertyDescriptors(settings)) as never),
      ),
      { key: key(1), count: 1000 },
    );
    const y = Array.from(column(drawn, "y").data as Int32Array);
    expect(Math.abs(mean(y) - 0.75)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 1000));
    numbers(drawn).forEach((x, i) => expect(Math.abs(x - 100 * y[i]!)).toBeLessThan(10));
    for await (const frame of trace(sampler(jointly(settings)), { key: key(1), count: 2 }))
      expect(Object.keys(frame.x!.columns)).toEqual(["x"]);
  });
});
