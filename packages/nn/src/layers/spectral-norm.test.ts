import {
  dispose,
  matMul,
  mul,
  slice,
  square,
  sum,
  tensor,
  tidy,
  transpose,
  variable,
  variableGrads,
  type Scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { orthogonal } from "../initialisers/orthogonal.js";
import { secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { Conv2d } from "./convolution.js";
import { SpectralNorm } from "./spectral-norm.js";

const singularValues = [3, 2, 1, 0.5];

/** W = U diag(3, 2, 1, 1/2) Vᵀ of shape [6, 4], with u vᵀ of the largest value. */
function decomposed(): { weight: Variable; outer: Tensor } {
  return tidy(() => {
    const [left, right] = ([6, 4] as const).map((size, i) =>
      orthogonal(key(i), [size, 4], { fanIn: 1, fanOut: 1 }),
    ) as [Tensor, Tensor];
    const first = (of: Tensor): Tensor => slice(of, [0, 0], [-1, 1]);
    return {
      weight: variable(matMul(mul(left, tensor(singularValues)), transpose(right))),
      outer: matMul(first(left), first(right), false, true),
    };
  });
}

function settle(norm: SpectralNorm): void {
  for (let step = 0; step < 30; step++)
    for (const [vector, next] of norm.train().updates) vector.assign(next);
}

describe.each(["cpu", "wasm", "onnx"] as const)("spectral normalisation on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("divides by the largest singular value, and has its derivative", () => {
    const { weight, outer } = decomposed();
    const norm = new SpectralNorm({ weight, key: key(2) });
    settle(norm);
    const expected = mul(weight, 1 / 3);
    expect(distance(norm.call().dataSync(), expected.dataSync())).toBeLessThan(1e-6);
    expect(distance(norm.train().weight.dataSync(), expected.dataSync())).toBeLessThan(1e-6);
    // d Σ c W / σ = c / σ - (Σ c W) / σ² u vᵀ.
    const c = uneven([6, 4]);
    const { grads } = variableGrads(() => sum<Scalar>(mul(norm.call(), c)), [weight]);
    const total = sum(mul(weight, c)).dataSync()[0]!;
    const slope = outer.dataSync<"float32">().map((value, i) => c.dataSync()[i]! / 3 - (total / 9) * value);
    expect(distance(grads[weight.name]!.dataSync(), slope)).toBeLessThan(1e-5);
  });

  test("leaves a layer that uses it its second derivatives", () => {
    const layer = new Conv2d({ inputs: 2, outputs: 3, size: [3, 2], key: key(1) });
    const norm = new SpectralNorm({ weight: layer.weight, key: key(2) });
    const x = uneven([2, 2, 4, 3]);
    const squared = (): Tensor => tidy(() => square(layer.call(x, norm.call())));
    expect(secondOrderError(squared, [x])).toBeLessThan(1e-3);
  });

  test("keeps the weight's shape, moves the vector, and leaves nothing behind", () => {
    const weight = uneven([2, 2, 3, 4]);
    const norm = new SpectralNorm({ weight, key: key(2) });
    expect(norm.vector.trainable).toBe(false);
    const before = tensorCount();
    const { weight: normal, updates } = norm.train();
    expect(normal.shape).toEqual([2, 2, 3, 4]);
    expect([...updates.keys()]).toEqual([norm.vector]);
    dispose([normal, ...updates.values(), norm.call()]);
    expect(tensorCount()).toBe(before);
  });
});
