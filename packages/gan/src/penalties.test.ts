import { matMul, reshape, tensor, tidy, variable, zeros, type Tensor } from "@tensorflow/tfjs-core";
import { key, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { normals } from "@gen/core/random";
import { beforeAll, describe, expect, it } from "vitest";
import { dcganOf } from "./dcgan/model.js";
import { denseGan } from "./dense.js";
import type { Gan } from "./model.js";
import { gradientPenalty, r1Penalty, type Judge } from "./penalties.js";
import { derivativeError, gradientOf, unevenly } from "./testing/derivatives.js";

const label: DataSpec["fields"][string] = { role: "y", type: "category", shape: [], levels: 3 };
const points: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [2] }, y: label } };
const images: DataSpec = { kind: "images", fields: { x: { type: "real", shape: [6, 6, 2] }, y: label } };

/** Every critic whose rows don't mix. */
const critics = (["none", "layer", "spectral"] as const).flatMap((normalisation) => [
  {
    name: `dense, ${normalisation}`,
    make: () => denseGan(points, { latent: 2, hidden: 8, layers: 2, normalisation }, key(1)),
    shape: [3, 2],
  },
  {
    name: `convolutional, ${normalisation}`,
    make: () => dcganOf(images, { latent: 2, channels: 2, stages: 2, normalisation }, key(1)),
    shape: [3, 2, 6, 6],
  },
]);

/** The power iteration's vectors are constants to a derivative: exact once they have settled. */
function settle({ critic }: Gan, x: Tensor, y: Tensor): void {
  for (let i = 0; i < 50; i++)
    tidy(() => {
      for (const [each, value] of critic.judge(x, y, "training").updates) each.assign(value);
    });
}

/** Both penalties of a critic of uneven parameters, on uneven rows of all three classes. */
function penaltiesOf({ make, shape }: (typeof critics)[number]) {
  const model = make();
  const variables = Object.values(model.critic.variables).filter(({ trainable }) => trainable);
  unevenly(variables, 0.7);
  const size = shape.reduce((a, b) => a * b, 1);
  const [real, fake] = [1, 2].map((seed) => tensor(normals(key(seed), size), shape)) as [Tensor, Tensor];
  const y = tensor([1, 0, 0, 0, 0, 1, 0, 1, 0], [3, 3]);
  settle(model, real, y);
  const judge: Judge = (x) => model.critic.judge(x, y, "training").logits;
  return {
    variables,
    // Between rows where no rectifier has its kink near: there, differences are no derivatives.
    gradient: () => gradientPenalty(judge, real, fake, key(7)),
    r1: () => r1Penalty(judge, real),
    dispose: () => {
      for (const each of [real, fake, y]) each.dispose();
      model[Symbol.dispose]();
    },
  };
}

describe.each(["cpu", "wasm", "onnx"] as const)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(critics)(
    "the penalties' gradients in the parameters of a critic ($name) are differences",
    (each) => {
      const { variables, gradient, r1, dispose } = penaltiesOf(each);
      for (const penalty of [gradient, r1]) {
        expect(penalty().dataSync()[0]).toBeGreaterThan(1e-3);
        expect(derivativeError(penalty, variables)).toBeLessThan(1e-3);
      }
      dispose();
    },
  );

  it("are those of a linear critic's slope: (|w| - 1)² and |w|² / 2", () => {
    const w = tensor([1.5, -2], [2, 1]);
    const judge: Judge = (x) => reshape(matMul(x, w), [-1]);
    const [real, fake] = [1, 2].map((seed) => tensor(normals(key(seed), 8), [4, 2])) as [Tensor, Tensor];
    expect(gradientPenalty(judge, real, fake, key(1)).dataSync()[0]).toBeCloseTo((2.5 - 1) ** 2, 5);
    expect(r1Penalty(judge, real).dataSync()[0]).toBeCloseTo(2.5 ** 2 / 2, 5);
  });

  it("are finite where the critic is flat", () => {
    const w = tidy(() => variable(zeros([2, 1])));
    const judge: Judge = (x) => reshape(matMul(x, w), [-1]);
    const x = tensor([1, 2, 3, 4], [2, 2]);
    for (const penalty of [() => gradientPenalty(judge, x, x, key(1)), () => r1Penalty(judge, x)])
      for (const slope of gradientOf(penalty, [w]))
        expect(slope.dataSync<"float32">().every(Number.isFinite)).toBe(true);
  });
});
