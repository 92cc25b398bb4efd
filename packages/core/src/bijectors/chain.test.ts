import { beforeAll, expect, it } from "vitest";
import { Affine } from "./affine.js";
import { dispose, scalar } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { InputError } from "../errors.js";
import { block } from "./block.js";
import { chain } from "./chain.js";
import { Exp } from "./exp.js";
import { Flip } from "./flip.js";
import { Permute } from "./permute.js";
import { Reshape } from "./reshape.js";
import { Sigmoid } from "./sigmoid.js";
import { bijectorProperties } from "./testing/properties.js";

const values = [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9];

bijectorProperties({
  name: "chain(Affine, Sigmoid, Affine), element by element",
  create: () =>
    chain(new Affine({ shift: 0.3, scale: 0.8 }), new Sigmoid(), new Affine({ shift: -1, scale: 2 })),
  z: [2, 3],
  values,
  constantLogDet: false,
  unreachable: [-2, -1, 1, 1.5, NaN],
});

bijectorProperties({
  name: "chain(Exp, Flip, Affine), whose events are vectors",
  create: () => chain(new Exp(), new Flip(), new Affine({ shift: 0.3, scale: 0.8 })),
  z: [2, 3],
  values,
  constantLogDet: false,
});

bijectorProperties({
  name: "chain(Exp, Reshape, block(Affine)), whose event rank grows",
  create: () =>
    chain(
      new Exp(),
      new Reshape({ inShape: [6], outShape: [2, 3] }),
      block(new Affine({ shift: 0, scale: -2 }), 1),
      new Permute({ permutation: [1, 2, 0] }),
    ),
  z: [1, 6],
  values,
  constantLogDet: false,
});

beforeAll(async () => {
  await useBackend("cpu");
});

it("applies from left to right", () => {
  const z = scalar(1);
  const x = chain(new Affine({ shift: 1, scale: 2 }), new Exp()).forward(z);
  expect(x.dataSync()[0]).toBeCloseTo(Math.exp(3), 4);
  dispose([z, x]);
});

it("knows its event ranks on both sides", () => {
  const grown = chain(new Exp(), new Reshape({ inShape: [6], outShape: [2, 3] }), new Flip());
  expect([grown.eventRank, grown.eventRankOut]).toEqual([1, 2]);
  expect(grown.forwardShape([5, 6])).toEqual([5, 2, 3]);
  expect(grown.inverseShape([5, 2, 3])).toEqual([5, 6]);
});

it("needs a stage", () => {
  expect(() => chain()).toThrow(InputError);
});
