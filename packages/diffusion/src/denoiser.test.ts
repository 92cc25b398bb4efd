import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normal } from "@gen/core/random";
import {
  abs,
  add,
  expandDims,
  fill,
  max,
  memory,
  mul,
  slice,
  sub,
  tidy,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { Denoiser } from "./denoiser.js";
import type { Network } from "./networks/network.js";
import { levelAt, schedule } from "./schedule.js";
import type { Space } from "./space.js";
import { mixed, type Target } from "./targets.js";

beforeAll(() => useBackend("cpu"));

const made = schedule("linear", 100);
const largest = (a: Tensor, b: Tensor): number => tidy(() => max(abs(sub(a, b))).dataSync()[0]!);

/** Says x / 2 + the time / 100 + 10 times the label. */
function toy(target: Target, range?: readonly [number, number]) {
  const asked: number[] = [];
  const network: Network = {
    variables: {},
    call(x, times, labels) {
      asked.push(x.shape[0]);
      const said = add(mul(x, 0.5), expandDims(mul(times, 0.01), 1));
      return labels ? add(said, expandDims(mul(labels, 10), 1)) : said;
    },
  };
  const space = { name: "x", shape: [2], isContinuous: true, ...(range && { range }) } as unknown as Space;
  return { asked, denoiser: new Denoiser({ schedule: made, space, target, network }) };
}

describe.each<Target>(["epsilon", "x0", "v"])("%s", (target) => {
  it.each([undefined, [-0.5, 0.5] as const])("data in %j and noise make up x, at any time", (range) => {
    const before = memory().numTensors;
    const { denoiser } = toy(target, range);
    for (const time of [0, 41.5, 99])
      tidy(() => {
        const x = normal(key(1), [8, 2]);
        const parts = denoiser.parts(x, time);
        expect(largest(mixed(parts, levelAt(made, time)), x)).toBeLessThan(1e-5);
        if (range)
          for (const value of parts.data.dataSync()) expect(Math.abs(value)).toBeLessThanOrEqual(0.5);
      });
    expect(memory().numTensors).toBe(before);
  });

  it("expects at the time of each row what it expects at one time for all", () => {
    const { denoiser } = toy(target, [-1, 1]);
    tidy(() => {
      const x = normal(key(1), [3, 2]);
      const times = Int32Array.of(0, 50, 99);
      const each = denoiser.expected(x, times);
      times.forEach((time, row) => {
        const one = denoiser.parts(slice(x, row, 1), time).data;
        expect(largest(slice(each, row, 1), one)).toBeLessThan(1e-4);
      });
    });
  });
});

it("asks about many rows in parts, with the times and labels of each", () => {
  const { denoiser, asked } = toy("x0");
  tidy(() => {
    const count = 2 ** 17 + 5;
    const labels = fill([count], 1, "int32");
    const x = fill([count, 2], 4);
    const { data } = denoiser.parts(x, 50, { labels, none: labels, guidance: 1 });
    expect(asked).toEqual([2 ** 17, 5]);
    expect(largest(data, fill([count, 2], 2 + 0.5 + 10))).toBeLessThan(1e-5);
  });
});

describe("guidance", () => {
  const said = (guidance: number): { value: number; calls: number } => {
    const { denoiser, asked } = toy("x0");
    return tidy(() => {
      const [labels, none] = [fill([1], 3, "int32"), fill([1], 1, "int32")];
      const { data } = denoiser.parts(fill([1, 2], 0), 0, { labels, none, guidance });
      return { value: data.dataSync()[0]!, calls: asked.length };
    });
  };
  it.each([
    [0, 10, 1],
    [1, 30, 1],
    [0.5, 20, 2],
    [3, 70, 2],
  ])("of %d goes from none (10) by so much towards the label (30)", (guidance, value, calls) => {
    expect(said(guidance)).toEqual({ value, calls });
  });
});
