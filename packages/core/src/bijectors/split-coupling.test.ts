import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "@tensorflow/tfjs-core";
import { dispose, expandDims, makeTensor, mul, sum, tanh } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { Affine } from "./affine.js";
import { RationalQuadraticSpline } from "./rational-quadratic-spline.js";
import { SplitCoupling } from "./split-coupling.js";
import { bijectorProperties } from "./testing/properties.js";

beforeAll(async () => {
  await useBackend("cpu");
});

const steered = (kept: Tensor): Affine => {
  const h = tanh(sum(kept, -1, true));
  return new Affine({ shift: h, logScale: mul(h, 0.7) });
};

describe.each([false, true])("swapped: %s", (swap) => {
  bijectorProperties({
    name: "SplitCoupling of vectors",
    create: () => new SplitCoupling({ eventRank: 1, axis: -1, at: 1, swap, conditioner: steered }),
    z: [2, 3],
    values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
    constantLogDet: false,
  });

  bijectorProperties({
    name: "SplitCoupling of channels",
    create: () => new SplitCoupling({ eventRank: 3, axis: -3, at: 1, swap, conditioner: steered }),
    z: [1, 2, 2, 2],
    values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9, 0.5, -0.1],
    constantLogDet: false,
  });
});

bijectorProperties({
  name: "SplitCoupling by a spline",
  create: () =>
    new SplitCoupling({
      eventRank: 1,
      axis: -1,
      at: 1,
      conditioner: (kept) => {
        const steer = expandDims(kept, -1);
        const widths = mul(steer, makeTensor([0.5, -0.2, 0.9]));
        const derivatives = mul(steer, makeTensor([0.3, 0.6]));
        return RationalQuadraticSpline.unconstrained({
          widths,
          heights: mul(widths, -0.4),
          derivatives,
          bound: 3,
        });
      },
    }),
  z: [2, 2],
  values: [-1.5, -0.43, 0.7, 1.24],
  constantLogDet: false,
});

it("passes one part and maps the other", () => {
  const conditioner = (): Affine => new Affine({ shift: 10, scale: 1 });
  const z = makeTensor([1, 2, 3], [1, 3]);
  const mapped = (swap: boolean): number[] => {
    const x = new SplitCoupling({ eventRank: 1, axis: -1, at: 2, swap, conditioner }).forward(z);
    const values = Array.from(x.dataSync());
    dispose(x);
    return values;
  };
  expect(mapped(false)).toEqual([1, 2, 13]);
  expect(mapped(true)).toEqual([11, 12, 3]);
  dispose(z);
});

it("cuts an axis of events only", () => {
  const conditioner = (): Affine => new Affine({ shift: 0, scale: 1 });
  for (const axis of [0, 1, -2])
    expect(() => new SplitCoupling({ eventRank: 1, axis, at: 1, conditioner })).toThrow(InputError);
});

it("leaves no part empty", () => {
  const conditioner = (): Affine => new Affine({ shift: 0, scale: 1 });
  const z = makeTensor([1, 2, 3], [1, 3]);
  for (const at of [-1, 0, 3, 4]) {
    const coupling = new SplitCoupling({ eventRank: 1, axis: -1, at, conditioner });
    for (const map of ["forward", "inverse", "forwardWithLogDet", "inverseWithLogDet"] as const) {
      expect(() => coupling[map](z)).toThrow(RangeError);
      expect(() => coupling[map](z)).toThrow(`an axis of 3 can't be cut at ${at}`);
    }
  }
  dispose(z);
});
