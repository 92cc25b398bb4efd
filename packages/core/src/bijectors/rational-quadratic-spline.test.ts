import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dispose, makeTensor, memory, stack, tidy, zeros } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { RationalQuadraticSpline, type SplineParameters } from "./rational-quadratic-spline.js";
import { bijectorProperties } from "./testing/properties.js";

let shared: SplineParameters;
let other: SplineParameters;
let own: SplineParameters;
beforeAll(async () => {
  await useBackend("cpu");
  shared = {
    knotX: makeTensor([-2, -0.7, 0.5, 2]),
    knotY: makeTensor([-2, -1.2, 1.3, 2]),
    derivatives: makeTensor([1, 0.4, 1.7, 1]),
  };
  other = {
    knotX: makeTensor([-1, 0, 0.2, 1]),
    knotY: makeTensor([-1, 0.3, 0.7, 1]),
    derivatives: makeTensor([1, 2, 0.6, 1]),
  };
  own = {
    knotX: stack([shared.knotX, other.knotX]),
    knotY: stack([shared.knotY, other.knotY]),
    derivatives: stack([shared.derivatives, other.derivatives]),
  };
});
afterAll(() => {
  dispose([shared, other, own].flatMap((each) => Object.values(each) as Tensor[]));
});

bijectorProperties({
  name: "RationalQuadraticSpline, inside and outside of its knots",
  create: () => new RationalQuadraticSpline(shared),
  z: [2, 4],
  values: [-3.5, -1.4, -0.2, 0.3, 0.9, 1.6, 2.4, -0.9],
  constantLogDet: false,
});

it("takes knots for each element", () => {
  tidy(() => {
    const x = new RationalQuadraticSpline(own).forward(makeTensor([-0.2, 0.6]));
    const [first, second] = [new RationalQuadraticSpline(shared), new RationalQuadraticSpline(other)];
    const expected = [first.forward(makeTensor(-0.2)), second.forward(makeTensor(0.6))];
    expect(Array.from(x.dataSync())).toEqual(expected.map((value) => value.dataSync()[0]));
  });
});

it("of zeros is the identity", () => {
  const parameters = { widths: zeros([4]), heights: zeros([4]), derivatives: zeros([3]), bound: 2 };
  const before = memory().numTensors;
  const values = [-2, -1.3, -1, -0.2, 0, 0.6, 1.999, 2, 3];
  tidy(() => {
    const spline = RationalQuadraticSpline.unconstrained(parameters);
    expect(memory().numTensors).toBe(before + 3);
    const { value, logDet } = spline.forwardWithLogDet(makeTensor(values));
    value.dataSync().forEach((x, i) => expect(x).toBeCloseTo(values[i]!, 5));
    logDet.dataSync().forEach((x) => expect(x).toBeCloseTo(0, 5));
  });
  dispose([parameters.widths, parameters.heights, parameters.derivatives]);
});

it("of any numbers rises, with its ends at the bound", () => {
  const widths = makeTensor([5, -20, 3, 40]);
  const heights = makeTensor([-9, 12, 0, -3]);
  const derivatives = makeTensor([-30, 4, 25]);
  const grid = Array.from({ length: 401 }, (_, i) => -2 + i / 100);
  tidy(() => {
    const spline = RationalQuadraticSpline.unconstrained({ widths, heights, derivatives, bound: 2 });
    const x = Array.from(spline.forward(makeTensor(grid)).dataSync());
    expect([x[0], x.at(-1)]).toEqual([-2, 2]);
    x.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(x[i]!));
  });
  dispose([widths, heights, derivatives]);
});

it("needs a positive bound", () => {
  const z = zeros([2]);
  expect(() =>
    RationalQuadraticSpline.unconstrained({ widths: z, heights: z, derivatives: z, bound: 0 }),
  ).toThrow(InputError);
  dispose(z);
});
