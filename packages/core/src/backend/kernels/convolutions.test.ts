import * as tf from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../index.js";

beforeAll(async () => {
  await useBackend("cpu");
  await useBackend("wasm");
});

type Pair = [number, number];

interface Convolution {
  batch: number;
  size: Pair;
  filter: Pair;
  strides: Pair;
  channels: number;
  outputs: number;
  pad: "same" | "valid" | number | [Pair, Pair];
  dataFormat: "NHWC" | "NCHW";
}

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));

const convolutions: fc.Arbitrary<Convolution> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    size: pair(1, 8),
    filter: pair(1, 4),
    strides: pair(1, 3),
    channels: fc.integer({ min: 1, max: 5 }),
    outputs: fc.integer({ min: 1, max: 5 }),
    pad: fc.oneof(
      fc.constantFrom("same" as const, "valid" as const),
      fc.integer({ min: 0, max: 4 }),
      fc.tuple(pair(0, 4), pair(0, 4)),
    ),
    dataFormat: fc.constantFrom("NHWC" as const, "NCHW" as const),
  })
  .filter((c) => outputSize(c).every((size) => size > 0));

const plain: Convolution = {
  batch: 2,
  size: [5, 4],
  filter: [3, 3],
  strides: [1, 1],
  channels: 2,
  outputs: 3,
  pad: "same",
  dataFormat: "NHWC",
};

/** The padding before and after along each axis. */
function padding({ pad, size, filter, strides }: Convolution): Pair[] {
  if (pad === "valid") return [[0, 0], [0, 0]]; // prettier-ignore
  if (typeof pad === "number") return [[pad, pad], [pad, pad]]; // prettier-ignore
  if (pad !== "same") return pad;
  return size.map((length, axis) => {
    const windows = Math.ceil(length / strides[axis]!);
    const all = Math.max(0, (windows - 1) * strides[axis]! + filter[axis]! - length);
    return [Math.floor(all / 2), Math.ceil(all / 2)];
  });
}

const outputSize = (c: Convolution): number[] =>
  padding(c).map(([before, after], axis) =>
    Math.floor((c.size[axis]! + before + after - c.filter[axis]!) / c.strides[axis]! + 1),
  );

const images = ({ batch, dataFormat }: Convolution, size: number[], channels: number): number[] =>
  dataFormat === "NCHW" ? [batch, channels, ...size] : [batch, ...size, channels];

function attributes({ pad, strides, dataFormat }: Convolution): NamedAttrMap {
  if (!Array.isArray(pad)) return { strides, pad, dataFormat };
  const explicit = dataFormat === "NCHW" ? [[0, 0], [0, 0], ...pad] : [[0, 0], ...pad, [0, 0]];
  return { strides, pad: explicit, dataFormat };
}

const numbers = (shape: number[], seed: number): Tensor =>
  tf.tensor(
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.7 * i * seed + seed)),
    shape,
  );

const kernel = (name: string, inputs: Record<string, Tensor>, attrs: NamedAttrMap): Tensor =>
  tf.engine().runKernel(name, inputs, attrs);

/** What a function gives on a back end, with nothing left behind. */
async function on(backend: "cpu" | "wasm", compute: () => Tensor) {
  await useBackend(backend);
  const before = tf.backend().numDataIds();
  const result = tf.tidy(() => {
    const y = compute();
    return { shape: y.shape, values: [...y.dataSync()] };
  });
  expect(tf.backend().numDataIds()).toBe(before);
  return result;
}

type Result = Awaited<ReturnType<typeof on>>;

function expectClose(found: Result, expected: Result): void {
  expect(found.shape).toEqual(expected.shape);
  found.values.forEach((value, i) => {
    expect(Math.abs(value - expected.values[i]!)).toBeLessThan(1e-4);
  });
}

/** That both back ends give the same, whose shape is handed on. */
async function expectSame(compute: () => Tensor): Promise<number[]> {
  const [expected, found] = [await on("cpu", compute), await on("wasm", compute)];
  expectClose(found, expected);
  return found.shape;
}

const runs = { numRuns: 60 };

/** A convolution's name, attributes and shapes: those of x, the filter and dy. */
interface Case {
  name: "Conv2D" | "DepthwiseConv2dNative";
  attrs: NamedAttrMap;
  xShape: number[];
  filterShape: number[];
  dyShape: number[];
}

const full = (c: Convolution): Case => ({
  name: "Conv2D",
  attrs: attributes(c),
  xShape: images(c, c.size, c.channels),
  filterShape: [...c.filter, c.channels, c.outputs],
  dyShape: images(c, outputSize(c), c.outputs),
});

const depthwise = (given: Convolution): Case => {
  // TensorFlow.js takes depthwise convolutions with channels last and one stride only.
  const c: Convolution = { ...given, strides: [given.strides[0], given.strides[0]], dataFormat: "NHWC" };
  return {
    name: "DepthwiseConv2dNative",
    attrs: { ...attributes(c), dilations: [1, 1] },
    xShape: images(c, c.size, c.channels),
    filterShape: [...c.filter, c.channels, c.outputs],
    dyShape: images(c, outputSize(c), c.channels * c.outputs),
  };
};

const forward = ({ name, attrs, xShape, filterShape }: Case): Tensor =>
  kernel(name, { x: numbers(xShape, 1), filter: numbers(filterShape, 2) }, { dilations: 1, ...attrs });

const inputGradient = ({ name, attrs, xShape, filterShape, dyShape }: Case): Tensor =>
  kernel(
    `${name}BackpropInput`,
    { dy: numbers(dyShape, 3), filter: numbers(filterShape, 2) },
    { ...attrs, inputShape: xShape },
  );

const filterGradient = ({ name, attrs, xShape, filterShape, dyShape }: Case): Tensor =>
  kernel(
    `${name}BackpropFilter`,
    { x: numbers(xShape, 1), dy: numbers(dyShape, 3) },
    { ...attrs, filterShape },
  );

describe.each([
  { name: "a convolution", of: full },
  { name: "a depthwise convolution", of: depthwise },
])("$name on wasm equals cpu's", ({ of }) => {
  test("itself, in the size that its padding gives", async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, async (c) => {
        const shape = await expectSame(() => forward(of(c)));
        expect(shape).toEqual(of(c).dyShape);
      }),
      runs,
    );
  });

  test("in its gradients", async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, async (c) => {
        expect(await expectSame(() => inputGradient(of(c)))).toEqual(of(c).xShape);
        expect(await expectSame(() => filterGradient(of(c)))).toEqual(of(c).filterShape);
      }),
      runs,
    );
  });

  test("also without images", async () => {
    const c = of({ ...plain, batch: 0 });
    expect(await expectSame(() => forward(c))).toEqual(c.dyShape);
    expect(await expectSame(() => inputGradient(c))).toEqual(c.xShape);
    expect(await expectSame(() => filterGradient(c))).toEqual(c.filterShape);
  });

  test("with many channels", async () => {
    const c = of({ ...plain, size: [9, 7], channels: 17, outputs: 19, strides: [2, 2] });
    await expectSame(() => inputGradient(c));
    await expectSame(() => filterGradient(c));
  });
});

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  test("images with channels first give what those with channels last give", async () => {
    const turned = (x: Tensor): Tensor => tf.transpose(x, [0, 3, 1, 2]);
    await fc.assert(
      fc.asyncProperty(convolutions, async (given) => {
        const [last, first] = [
          full({ ...given, dataFormat: "NHWC" }),
          full({ ...given, dataFormat: "NCHW" }),
        ];
        const [x, dy] = [() => numbers(last.xShape, 1), () => numbers(last.dyShape, 3)];
        const filter = () => numbers(last.filterShape, 2);
        const wanted = await on(backend, () => turned(forward(last)));
        const found = await on(backend, () =>
          kernel("Conv2D", { x: turned(x()), filter: filter() }, { ...first.attrs, dilations: 1 }),
        );
        expectClose(found, wanted);
        const { attrs, xShape: inputShape, filterShape } = first;
        expectClose(
          await on(backend, () =>
            kernel("Conv2DBackpropInput", { dy: turned(dy()), filter: filter() }, { ...attrs, inputShape }),
          ),
          await on(backend, () => turned(inputGradient(last))),
        );
        expectClose(
          await on(backend, () =>
            kernel("Conv2DBackpropFilter", { x: turned(x()), dy: turned(dy()) }, { ...attrs, filterShape }),
          ),
          await on(backend, () => filterGradient(last)),
        );
      }),
      { numRuns: 30 },
    );
  });
});

test("a gradient may be read in another shape after the filter's was computed from it", async () => {
  await expectSame(() => {
    const [x, dy] = [numbers([2, 3, 4, 4], 1), numbers([2, 3, 4, 8], 3)];
    const attrs = { strides: 1, pad: "same", dataFormat: "NHWC", filterShape: [1, 1, 4, 8] };
    const sums = tf.sum(kernel("Conv2DBackpropFilter", { x, dy }, attrs));
    return tf.add(tf.matMul(numbers([3, 8], 2), tf.reshape(dy, [8, 24])), sums);
  });
});
