import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { add, dispose, makeTensor, matMul, mul, reshape, sub, tanh } from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { Affine } from "./affine.js";
import { MaskedCoupling } from "./masked-coupling.js";
import { bijectorProperties } from "./testing/properties.js";

let weight: Tensor;
const masks: Tensor[] = [];
beforeAll(async () => {
  await useBackend("cpu");
  weight = makeTensor([0.5, -0.3, 0.8, 0.2, 0.7, -0.6, -0.4, 0.9, 0.1], [3, 3]);
  masks.push(makeTensor([1, 0, 1]), makeTensor([1, 0, 0, 1], [2, 2]));
});
afterAll(() => {
  dispose([weight, ...masks]);
});

/** Scale and shift of vectors from a small network. */
const steered = (kept: Tensor): Affine => {
  const h = tanh(reshape(matMul(reshape(kept, [-1, 3]), weight), kept.shape));
  return new Affine({ shift: sub(h, 0.5), logScale: add(mul(h, 0.6), 0.2) });
};

bijectorProperties({
  name: "MaskedCoupling of vectors",
  create: () => new MaskedCoupling({ mask: masks[0]!, conditioner: steered }),
  z: [2, 3],
  values: [-1.5, -0.4, 0.2, 1.1, 0.7, -0.9],
  constantLogDet: false,
});

bijectorProperties({
  name: "MaskedCoupling of pictures",
  create: () =>
    new MaskedCoupling({
      mask: masks[1]!,
      conditioner: (kept) => {
        const sums = tanh(
          reshape(matMul(reshape(kept, [-1, 4]), makeTensor([1, 2, -1, 0.5], [4, 1])), [-1, 1, 1]),
        );
        return new Affine({ shift: sums, logScale: mul(sums, 0.5) });
      },
    }),
  z: [1, 2, 2],
  values: [-0.4, 0.2, 1.1, 0.7],
  constantLogDet: false,
});

it("passes what is under the mask, and shows the conditioner nothing else", () => {
  const seen: number[][] = [];
  const coupling = new MaskedCoupling({
    mask: masks[0]!,
    conditioner: (kept) => {
      seen.push(Array.from(kept.dataSync()));
      return new Affine({ shift: 5, logScale: 0 });
    },
  });
  const z = makeTensor([1, 2, 3], [1, 3]);
  const x = coupling.forward(z);
  expect(Array.from(x.dataSync())).toEqual([1, 7, 3]);
  expect(seen).toEqual([[1, 0, 3]]);
  dispose([z, x]);
});
