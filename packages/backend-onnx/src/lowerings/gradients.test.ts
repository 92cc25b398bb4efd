import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compile, coverage } from "../index.js";
import { difference, on, uneven } from "../testing/backends.js";

const tolerance = 1e-4;

/** The value and the gradients of a function of tensors of given shapes, weighted unevenly, on both back ends. */
async function agree(shapes: readonly number[][], f: (...inputs: tf.Tensor[]) => tf.Tensor): Promise<void> {
  const derived = (inputs: tf.Tensor[]): tf.Tensor[] => {
    const weighted = (...given: tf.Tensor[]): tf.Tensor => {
      const value = f(...given);
      return tf.sum(tf.mul(value, uneven(value.shape, 9)));
    };
    return [f(...inputs), ...tf.grads(weighted)(inputs)];
  };
  const derive = (): tf.Tensor[] => derived(shapes.map((shape, i) => uneven(shape, i)));
  const cpu = await on("cpu", derive);
  const before = fallbacks();
  expect(difference(cpu, await on("onnx", derive))).toBeLessThan(tolerance);
  // Else cpu's own kernels would be compared with themselves.
  expect(fallbacks()).toBe(before);
  const compiled = await on("onnx", () => compiledOnce(derived, shapes));
  expect(difference(cpu, compiled)).toBeLessThan(tolerance);
}

/** Calls so far of native kernels that cpu's answered. */
function fallbacks(): number {
  const { native, calls } = coverage();
  return native.reduce((sum, kernel) => sum + (calls.fallback[kernel] ?? 0), 0);
}

function compiledOnce(
  f: (inputs: tf.Tensor[]) => tf.Tensor[],
  shapes: readonly (readonly number[])[],
): tf.Tensor[] {
  const inputs = shapes.map((shape, i) => uneven(shape, i));
  using compiled = compile(f, inputs);
  return compiled.run(inputs) as tf.Tensor[];
}

const axis = fc.integer({ min: 1, max: 6 });
const check = (property: fc.IAsyncProperty<unknown>): Promise<void> =>
  fc.assert(property as never, { numRuns: 12, seed: 7 });

const unary: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  abs: tf.abs,
  clip: (x) => tf.clipByValue(x, -0.5, 0.25),
  cos: tf.cos,
  elu: tf.elu,
  erf: tf.erf,
  exp: tf.exp,
  expm1: tf.expm1,
  leakyRelu: (x) => tf.leakyRelu(x, 0.2),
  log: (x) => tf.log(tf.add(x, 2)),
  log1p: (x) => tf.log1p(x.div(2)),
  relu: tf.relu,
  rsqrt: (x) => tf.rsqrt(tf.add(x, 2)),
  selu: tf.selu,
  sigmoid: tf.sigmoid,
  sin: tf.sin,
  softplus: tf.softplus,
  sqrt: (x) => tf.sqrt(tf.add(x, 2)),
  square: tf.square,
  tanh: tf.tanh,
  reciprocal: (x) => tf.reciprocal(tf.add(x, 2)),
  softmax: (x) => tf.softmax(x),
  logSoftmax: (x) => tf.logSoftmax(x),
  cumsum: (x) => tf.cumsum(x, x.rank - 1),
  mean: (x) => tf.mean(x, 0),
  max: (x) => tf.max(x, -1, true),
  pad: (x) =>
    tf.pad(
      x,
      x.shape.map((_, i): [number, number] => [i, 2]),
    ),
  tile: (x) =>
    tf.tile(
      x,
      x.shape.map((_, i) => i + 1),
    ),
  reverse: (x) => tf.reverse(x, 0),
  transpose: (x) => tf.transpose(x),
};

for (const [name, f] of Object.entries(unary)) {
  test(`${name} and its gradient are cpu's`, () =>
    check(fc.asyncProperty(fc.array(axis, { minLength: 1, maxLength: 4 }), (shape) => agree([shape], f))));
}

const pairs: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: (a, b) => tf.div(a, tf.add(b, 3)),
  pow: (a, b) => tf.pow(tf.add(a, 2), b),
};

/** Their gradients in TensorFlow.js do not broadcast, nor does a comparison's pass. */
const alike: Readonly<Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  where: (a, b) => tf.where(tf.greater(uneven(a.shape, 5), 0), a, b),
};

for (const [name, f] of Object.entries(alike)) {
  test(`${name} and its gradients are cpu's`, () =>
    check(
      fc.asyncProperty(fc.array(axis, { minLength: 1, maxLength: 4 }), (shape) => agree([shape, shape], f)),
    ));
}

/** Two shapes that broadcast: each axis whole in one of them at least, the second perhaps shorter. */
const broadcasting = fc
  .tuple(
    fc.array(fc.tuple(axis, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 4 }),
    fc.nat({ max: 3 }),
  )
  .map(([axes, cut]) => {
    const left = axes.map(([size, one]) => (one ? 1 : size));
    const right = axes.map(([size, one, other]) => (other && !one ? 1 : size));
    return [left, right.slice(Math.min(cut, axes.length - 1))];
  });

for (const [name, f] of Object.entries(pairs)) {
  test(`${name} and its gradients are cpu's, broadcasting`, () =>
    check(fc.asyncProperty(broadcasting, (shapes) => agree(shapes, f as never))));
}

test("a product over an axis and its gradient, which has no form in ONNX, are cpu's", async () => {
  const x = (): tf.Tensor => tf.add(uneven([3, 4]), 3);
  const derive = (): tf.Tensor[] => [tf.prod(x(), 0), tf.grad((y) => tf.prod(y, 0))(x())];
  expect(difference(await on("cpu", derive), await on("onnx", derive))).toBeLessThan(tolerance);
});

test("matrix products and their gradients are cpu's, transposed or not", () =>
  check(
    fc.asyncProperty(
      fc.tuple(axis, axis, axis, fc.constantFrom([], [2], [3, 2]), fc.boolean(), fc.boolean()),
      ([n, k, m, batch, left, right]) =>
        agree(
          [
            [...batch, ...(left ? [k, n] : [n, k])],
            [...batch, ...(right ? [m, k] : [k, m])],
          ],
          (a, b) => tf.matMul(a, b, left, right),
        ),
    ),
  ));

const image = fc.record({
  count: fc.integer({ min: 1, max: 2 }),
  height: fc.integer({ min: 4, max: 7 }),
  width: fc.integer({ min: 4, max: 7 }),
  channels: fc.integer({ min: 1, max: 10 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  filter: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  stride: fc.integer({ min: 1, max: 2 }),
  pad: fc.constantFrom<"same" | "valid">("same", "valid"),
});

test("convolutions and their gradients are cpu's, in both layouts", () =>
  check(
    fc.asyncProperty(fc.tuple(image, fc.boolean()), ([o, first]) =>
      agree(
        [
          first ? [o.count, o.channels, o.height, o.width] : [o.count, o.height, o.width, o.channels],
          [...o.filter, o.channels, o.outputs],
        ],
        (x, filter) =>
          tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, o.stride, o.pad, first ? "NCHW" : "NHWC"),
      ),
    ),
  ));

test.each([
  [16, 32, 1],
  [64, 16, 1],
  [16, 16, 2],
])(
  "wide convolutions with a bias, %i to %i channels by strides of %i, are cpu's",
  (inputs, outputs, stride) =>
    agree(
      [
        [2, inputs, 9, 8],
        [3, 3, inputs, outputs],
        [outputs, 1, 1],
      ],
      (x, filter, bias) =>
        tf.add(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 1, "NCHW"), bias),
    ),
);

test.each([
  [16, 4],
  [4, 16],
  [16, 24],
])("convolutions of many places, %i to %i channels, are cpu's", (inputs, outputs) =>
  agree(
    [
      [2, inputs, 16, 16],
      [3, 3, inputs, outputs],
    ],
    (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 1, "NCHW"),
  ),
);

test.each([
  [3, 2, 1, [9, 11]],
  [4, 2, 1, [8, 10]],
  [4, 2, 0, [9, 8]],
  [5, 3, 2, [10, 13]],
  [2, 3, 0, [9, 9]],
] as const)(
  "a convolution of %i pixels, strides %i, padding %i, whose channels fill blocks is cpu's",
  (size, stride, padding, sides) =>
    agree(
      [
        [2, 16, ...sides],
        [size, size, 16, 32],
      ],
      (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, padding, "NCHW", 1, "floor"),
    ),
);

test("what is multiplied after an activation is cpu's", () =>
  agree([[3, 5]], (x) =>
    tf.addN([
      tf.mul(tf.leakyRelu(x, 0.2), 3),
      tf.mul(tf.elu(x), 3),
      tf.mul(tf.selu(x), 3),
      tf.mul(tf.mul(x, tf.sigmoid(x)), 3),
    ]),
  ));

test("a one-hot table with labels out of range is cpu's, compiled too", async () => {
  const f = (x: tf.Tensor): tf.Tensor => tf.sub(x, tf.oneHot(tf.tensor1d([-1, 0, 4, 9], "int32"), 5));
  const labels = (x: tf.Tensor, indices: tf.Tensor): tf.Tensor =>
    tf.sub(x, tf.oneHot(indices as tf.Tensor1D, 5));
  const cpu = await on("cpu", () => [f(uneven([4, 5]))]);
  const compiled = await on("onnx", () => {
    const inputs = [uneven([4, 5]), tf.tensor1d([-1, 0, 4, 9], "int32")];
    using graph = compile(([x, indices]) => [labels(x!, indices!)], inputs);
    return graph.run(inputs) as tf.Tensor[];
  });
  expect(difference(cpu, compiled)).toBe(0);
});

test("JavaScript keeps its smallest numbers", async () => {
  await on("onnx", () => [tf.matMul(uneven([4, 4]), uneven([4, 4]))]);
  expect(Number.MIN_VALUE * Math.cos(0)).toBeGreaterThan(0);
});

test("dilated convolutions are cpu's", async () => {
  const run = (): tf.Tensor[] => [
    tf.conv2d(
      uneven([2, 8, 7, 3]) as tf.Tensor4D,
      uneven([3, 2, 3, 4], 1) as tf.Tensor4D,
      1,
      "same",
      "NHWC",
      2,
    ),
  ];
  expect(difference(await on("cpu", run), await on("onnx", run))).toBeLessThan(tolerance);
});

test("transposed convolutions and their gradients are cpu's", () =>
  check(
    fc.asyncProperty(image, (o) =>
      agree(
        [
          [o.count, o.height, o.width, o.channels],
          [o.filter[0] + 1, o.filter[1] + 1, o.outputs, o.channels],
        ],
        (x, filter) =>
          tf.conv2dTranspose(
            x as tf.Tensor4D,
            filter as tf.Tensor4D,
            [o.count, o.height * o.stride, o.width * o.stride, o.outputs],
            o.stride,
            "same",
          ),
      ),
    ),
  ));

test("depthwise convolutions and their gradients are cpu's", () =>
  check(
    fc.asyncProperty(image, (o) =>
      agree(
        [
          [o.count, o.height, o.width, o.channels],
          [...o.filter, o.channels, o.outputs],
        ],
        (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, o.stride, o.pad),
      ),
    ),
  ));

test("pooling and its gradients are cpu's", () =>
  check(
    fc.asyncProperty(fc.tuple(image, fc.boolean()), ([o, largest]) =>
      agree([[o.count, o.height, o.width, o.channels]], (x) =>
        largest
          ? tf.maxPool(x as tf.Tensor4D, o.filter, o.stride, o.pad)
          : tf.avgPool(x as tf.Tensor4D, o.filter, o.stride, "valid"),
      ),
    ),
  ));

const sizes = fc.integer({ min: 2, max: 9 });

test("bilinear resizing and its gradients are cpu's", () =>
  check(
    fc.asyncProperty(fc.tuple(image, sizes, sizes, fc.boolean()), ([o, h, w, align]) =>
      agree([[o.count, o.height, o.height, 2]], (x) =>
        tf.image.resizeBilinear(x as tf.Tensor4D, [h, w], align),
      ),
    ),
  ));

test("nearest upsampling sums its gradient over each pixel's copies", () =>
  check(
    fc.asyncProperty(fc.tuple(image, fc.integer({ min: 1, max: 3 })), async ([o, factor]) => {
      const small = [o.count, o.height, o.width, 2];
      const [height, width] = [o.height * factor, o.width * factor];
      const weights = (): tf.Tensor => uneven([o.count, height, width, 2]);
      const [gradient, sums] = await on("onnx", () => [
        tf.grad((x) =>
          tf.sum(tf.mul(tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height, width]), weights())),
        )(uneven(small)),
        tf.sum(tf.reshape(weights(), [o.count, o.height, factor, o.width, factor, 2]), [2, 4]),
      ]);
      expect(difference([gradient!], [sums!])).toBeLessThan(tolerance);
    }),
  ));

test("gathering, slicing, splitting, joining and their gradients are cpu's", () =>
  check(
    fc.asyncProperty(fc.tuple(axis, axis), ([n, m]) =>
      agree(
        [
          [n + 2, m],
          [3, m],
        ],
        (a, b) => {
          const chosen = tf.gather(a, tf.tensor([0, n + 1, 1, 0], [4], "int32"));
          const [first, second] = tf.split(tf.concat([chosen, b]), [3, 4]);
          const cut = tf.slice(second!, [1, 0], [2, m]);
          return tf.concat([
            first!,
            cut,
            tf.stack(tf.unstack(b), 0),
            tf.mirrorPad(
              a,
              [
                [1, 1],
                [0, 0],
              ],
              "reflect",
            ),
          ]);
        },
      ),
    ),
  ));

test("batch normalisation with moments of its own is cpu's", () =>
  check(
    fc.asyncProperty(fc.tuple(axis, axis, axis), ([n, m, channels]) =>
      agree(
        [[n, m, 2, channels], ...[0, 1, 2, 3].map(() => [channels])],
        (x, mean, variance, offset, scale) =>
          tf.batchNorm(
            x as tf.Tensor4D,
            mean as tf.Tensor1D,
            tf.add<tf.Tensor1D>(tf.square(variance), 0.1),
            offset as tf.Tensor1D,
            scale as tf.Tensor1D,
            1e-3,
          ),
      ),
    ),
  ));

test("empty tensors pass through", async () => {
  const run = (): tf.Tensor[] => [
    tf.add(tf.zeros([0, 3]), tf.ones([1, 3])),
    tf.sum(tf.zeros([0, 3]), 0),
    tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])),
  ];
  expect(difference(await on("cpu", run), await on("onnx", run))).toBe(0);
});
