import { expect, it } from "vitest";
import { InputError } from "../errors.js";
import { Affine } from "./affine.js";
import { Permute } from "./permute.js";
import { Reshape } from "./reshape.js";

it("refuses what can't be inverted", () => {
  expect(() => new Affine({ shift: 0, scale: 0 })).toThrow(InputError);
  expect(() => new Permute({ permutation: [0, 2] })).toThrow(InputError);
  expect(() => new Permute({ permutation: [0, 0, 1] })).toThrow(InputError);
  expect(() => new Reshape({ inShape: [4], outShape: [3] })).toThrow(InputError);
});

it("refuses events of another shape", () => {
  expect(() => new Permute({ permutation: [1, 0] }).forwardShape([4, 3])).toThrow(InputError);
  expect(() => new Reshape({ inShape: [4], outShape: [2, 2] }).forwardShape([5])).toThrow(InputError);
  expect(() => new Reshape({ inShape: [4], outShape: [2, 2] }).inverseShape([2])).toThrow(InputError);
});
