import {
  dispose,
  elu,
  leakyRelu,
  mul,
  prelu,
  relu,
  selu,
  sigmoid,
  softplus,
  tanh,
  tensor,
  tidy,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import { compile } from "@gen/backend-onnx";
import { key } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { hessianProduct, secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import type { Layer } from "../variables.js";
import { gelu, geluTanh, silu } from "./activations.js";
import { BatchNorm } from "./batch-norm.js";
import { Conv2d } from "./convolution.js";
import { Dense } from "./dense.js";
import { Embedding } from "./embedding.js";
import { GroupNorm } from "./group-norm.js";
import { LayerNorm } from "./layer-norm.js";
import { averagePool, maxPool, upsampleNearest } from "./pooling.js";
import { ConvTranspose2d } from "./transposed-convolution.js";

interface Part {
  readonly variables: readonly Variable[];
  readonly call: () => Tensor;
}

/** A layer with uneven numbers in its parameters, on an uneven input. */
function layered<L extends Layer>(layer: L, shape: number[], call: (layer: L, x: Variable) => Tensor): Part {
  const parameters = Object.values(layer.variables).filter(({ trainable }) => trainable);
  parameters.forEach((each, i) => {
    each.assign(uneven(each.shape, 0.8, i + 1));
  });
  const x = uneven(shape, 1.5);
  return { variables: [x, ...parameters], call: () => call(layer, x) };
}

/** Followed by a curve, so that what is straight by itself has a second derivative too. */
const curved = ({ variables, call }: Part): Part => ({ variables, call: () => tanh(call()) });

const activation =
  (f: (x: Tensor) => Tensor, smooth = true) =>
  (): Part => {
    const x = uneven([2, 4], 2);
    const part = { variables: [x], call: () => f(x) };
    return smooth ? part : curved(part);
  };

const image = [2, 4, 4, 4];

/** All that a critic may be made of. */
const parts: Readonly<Record<string, () => Part>> = {
  gelu: activation(gelu),
  geluTanh: activation(geluTanh),
  silu: activation(silu),
  tanh: activation(tanh),
  sigmoid: activation(sigmoid),
  softplus: activation(softplus),
  elu: activation(elu),
  selu: activation(selu),
  relu: activation(relu, false),
  leakyRelu: activation((x) => leakyRelu(x, 0.2), false),
  prelu: () => {
    const [x, slope] = [uneven([2, 4], 2), uneven([4], 0.5, 1)];
    return curved({ variables: [x, slope], call: () => prelu(x, slope) });
  },
  Dense: () =>
    curved(layered(new Dense({ inputs: 4, outputs: 3, key: key(1) }), [3, 4], (layer, x) => layer.call(x))),
  Embedding: () => {
    const layer = new Embedding({ levels: 3, width: 2, key: key(1) });
    const symbols = tensor([0, 2, 1, 2], [4], "int32");
    return curved(layered(layer, [1], () => layer.call(symbols)));
  },
  "Conv2d, stride 2": () =>
    curved(
      layered(
        new Conv2d({ inputs: 4, outputs: 2, size: 4, stride: 2, padding: 1, key: key(1) }),
        image,
        (layer, x) => layer.call(x),
      ),
    ),
  "Conv2d, same": () =>
    curved(
      layered(
        new Conv2d({ inputs: 2, outputs: 2, size: 3, padding: "same", key: key(1) }),
        [2, 2, 4, 3],
        (layer, x) => layer.call(x),
      ),
    ),
  ConvTranspose2d: () =>
    curved(
      layered(
        new ConvTranspose2d({ inputs: 2, outputs: 2, size: 4, stride: 2, padding: 1, key: key(1) }),
        [2, 2, 3, 2],
        (layer, x) => layer.call(x),
      ),
    ),
  GroupNorm: () =>
    layered(new GroupNorm({ channels: 4, groups: 2 }), [2, 4, 2, 3], (layer, x) => layer.call(x)),
  "GroupNorm, one group": () =>
    layered(new GroupNorm({ channels: 4, groups: 1 }), [2, 4, 2, 3], (layer, x) => layer.call(x)),
  "BatchNorm in training": () =>
    layered(new BatchNorm({ channels: 4 }), [3, 4, 2, 2], (layer, x) => layer.train(x).y),
  "BatchNorm in evaluation": () =>
    curved(layered(new BatchNorm({ channels: 4 }), [3, 4, 2, 2], (layer, x) => layer.call(x))),
  LayerNorm: () => layered(new LayerNorm({ width: 5 }), [3, 5], (layer, x) => layer.call(x)),
  maxPool: () => pooled(maxPool),
  averagePool: () => pooled(averagePool),
  upsampleNearest: () => pooled(upsampleNearest),
};

/** On numbers that are far apart, so that differences do not change which is the largest. */
function pooled(f: (x: Tensor, size: number) => Tensor): Part {
  const x = uneven(image);
  const numbers = Float32Array.from({ length: x.size }, (_, i) => ((29 * i) % x.size) / x.size - 0.5);
  tidy(() => {
    x.assign(mul(tensor(numbers, image), 12));
  });
  return curved({ variables: [x], call: () => f(x, 2) });
}

describe.each(["cpu", "wasm", "onnx"] as const)("second derivatives on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(Object.entries(parts))("of %s agree with differences", (_, make) => {
    const { variables, call } = make();
    expect(secondOrderError(call, variables)).toBeLessThan(1e-3);
    dispose([...variables]);
  });
});

describe("second derivatives in a compiled graph", () => {
  beforeAll(() => useBackend("onnx"));

  test.each(Object.entries(parts))("of %s are the eager ones", async (_, make) => {
    const { variables, call } = make();
    const product = (): Tensor[] => hessianProduct(call, variables);
    using compiled = compile(product, []);
    const [found, expected] = [await compiled.run([]), product()].map((tensors) =>
      tensors.flatMap((each) => [...each.dataSync()]),
    );
    const scale = Math.max(1, ...expected!.map(Math.abs));
    expect(distance(found!, expected!) / scale).toBeLessThan(1e-5);
    dispose([...variables]);
  });
});
