import { add, fill, mul, tidy, zeros as zeroTensor } from "@tensorflow/tfjs-core";
import { normal as drawNormal, uniform as drawUniform, type Key } from "@gen/core/random";
import type { Initialiser } from "./initialiser.js";

const between = (key: Key, shape: number[], bound: number) =>
  tidy(() => add(mul(drawUniform(key, shape), 2 * bound), -bound));

/** All zeros. */
export const zeros: Initialiser = (_key, shape) => zeroTensor(shape);

/** All ones. */
export const ones: Initialiser = (_key, shape) => fill(shape, 1);

/** N(0, deviation²). */
export const normal =
  (deviation: number): Initialiser =>
  (key, shape) =>
    tidy(() => mul(drawNormal(key, shape), deviation));

/** U(-bound, bound). */
export const uniform =
  (bound: number): Initialiser =>
  (key, shape) =>
    between(key, shape, bound);

/** PyTorch's default of linear and convolution layers, weights and biases: U(±1/√fanIn). */
export const torchDefault: Initialiser = (key, shape, { fanIn }) => between(key, shape, 1 / Math.sqrt(fanIn));

/** U(±√(6 / (fanIn + fanOut))) (Understanding the difficulty of training deep feedforward neural networks, Glorot & Bengio, 2010). */
export const glorotUniform: Initialiser = (key, shape, { fanIn, fanOut }) =>
  between(key, shape, Math.sqrt(6 / (fanIn + fanOut)));

/** N(0, 2 / (fanIn + fanOut)) (Glorot & Bengio, 2010). */
export const glorotNormal: Initialiser = (key, shape, { fanIn, fanOut }) =>
  tidy(() => mul(drawNormal(key, shape), Math.sqrt(2 / (fanIn + fanOut))));

/** U(±√(6 / fanIn)) (Delving deep into rectifiers, He et al., 2015). */
export const heUniform: Initialiser = (key, shape, { fanIn }) => between(key, shape, Math.sqrt(6 / fanIn));

/** N(0, 2 / fanIn) (He et al., 2015). */
export const heNormal: Initialiser = (key, shape, { fanIn }) =>
  tidy(() => mul(drawNormal(key, shape), Math.sqrt(2 / fanIn)));
