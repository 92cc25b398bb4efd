import type { KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import { geometry, paddings, shapeIn } from "./convolution-geometry.js";
import { isEmpty, runOne, wasm, zeros, type WasmBackend } from "./wasm-backend.js";

/** The window on dy from which blocks of `stride` neighbouring pixels of x along one axis get their gradient. */
interface Axis {
  readonly stride: number;
  /** The size of the filter that reads dy, of the filter given, and of x. */
  readonly taps: number;
  readonly filter: number;
  readonly size: number;
  /** Zeros around dy. */
  readonly before: number;
  readonly after: number;
  /** The first block's pixels that lie in the padding. */
  readonly offset: number;
}

type Axes = readonly [Axis, Axis];

/**
 * The gradient of a convolution to its input, a transposed convolution, as one convolution of stride 1.
 *
 * With stride s pixel h s + r gets sum_j dy[h - j] w[j s + r]: the s · s phases r are output channels of one
 * convolution of dy with the filter's taps dealt out to them, whose blocks are then laid side by side. After Wenzhe
 * Shi, Jose Caballero, Lucas Theis, Ferenc Huszár, Andrew Aitken, Christian Ledig, Zehan Wang, "Is the deconvolution
 * layer the same as a convolutional layer?" (2016).
 */
export const convolutionInputGradient = (convolve: KernelConfig): KernelConfig => ({
  kernelName: "Conv2DBackpropInput",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs = {}, backend }): TensorInfo => {
    const { dy, filter } = inputs;
    if (!dy || !filter) throw new Error("Conv2DBackpropInput: inputs are missing.");
    const engine = wasm(backend);
    const shape = shapeIn(attrs, "inputShape");
    if (isEmpty(dy, filter, { shape })) return zeros(engine, shape);
    const { strides, before } = geometry(shape, filter.shape, attrs);
    const plan = (axis: 0 | 1): Axis =>
      planAxis(strides[axis], filter.shape[axis]!, before[axis], dy.shape[1 + axis]!, shape[1 + axis]!);
    const axes = [plan(0), plan(1)] as const;
    const phases = dealtFilter(engine, filter, axes);
    const blocks = runOne(convolve, {
      inputs: { x: dy, filter: phases },
      attrs: {
        strides: 1,
        dilations: 1,
        pad: paddings([axes[0].before, axes[1].before], [axes[0].after, axes[1].after]),
        dataFormat: "NHWC",
      },
      backend,
    });
    engine.disposeData(phases.dataId);
    if (blocks.shape.join() === shape.join()) return blocks;
    const output = laidOut(engine, blocks, shape, axes);
    engine.disposeData(blocks.dataId);
    return output;
  },
});

function planAxis(stride: number, filter: number, padding: number, windows: number, size: number): Axis {
  const taps = Math.ceil(filter / stride);
  const skipped = Math.min(Math.floor(padding / stride), taps - 1);
  const before = taps - 1 - skipped;
  const offset = padding - skipped * stride;
  const blocks = Math.ceil((offset + size) / stride);
  return { stride, taps, filter, size, before, after: Math.max(0, blocks - windows + skipped), offset };
}

/** The filter turned round, [taps, taps, out, phases · in], with zeros where a phase has no tap left. */
function dealtFilter(engine: WasmBackend, filter: TensorInfo, [vertical, horizontal]: Axes): TensorInfo {
  const [, , channels, outputs] = filter.shape as [number, number, number, number];
  const [rows, columns] = [vertical.stride, horizontal.stride];
  const dealt = zeros(engine, [vertical.taps, horizontal.taps, outputs, rows * columns * channels]);
  const [from, to] = [engine.typedArrayFromHeap(filter), engine.typedArrayFromHeap(dealt)];
  let source = 0;
  for (let y = 0; y < vertical.filter; y++) {
    for (let x = 0; x < horizontal.filter; x++) {
      const tap =
        (vertical.taps - 1 - Math.floor(y / rows)) * horizontal.taps +
        (horizontal.taps - 1 - Math.floor(x / columns));
      const phase = (y % rows) * columns + (x % columns);
      for (let channel = 0; channel < channels; channel++) {
        let target = (tap * outputs * rows * columns + phase) * channels + channel;
        for (let output = 0; output < outputs; output++) {
          to[target] = from[source++]!;
          target += rows * columns * channels;
        }
      }
    }
  }
  return dealt;
}

/** Blocks [batch, rows, columns, phases · channels] laid side by side and cut to the given shape. */
function laidOut(
  engine: WasmBackend,
  blocks: TensorInfo,
  shape: number[],
  [vertical, horizontal]: Axes,
): TensorInfo {
  const output = engine.makeOutput(shape, "float32");
  const [from, to] = [engine.typedArrayFromHeap(blocks), engine.typedArrayFromHeap(output)];
  const [batch, rows, columns, depth] = blocks.shape as [number, number, number, number];
  const channels = shape[3]!;
  const run = horizontal.stride * channels;
  const [left, right] = [horizontal.offset * channels, (horizontal.offset + horizontal.size) * channels];
  let target = 0;
  for (let image = 0; image < batch; image++) {
    for (let y = vertical.offset; y < vertical.offset + vertical.size; y++) {
      const row = (image * rows + Math.floor(y / vertical.stride)) * columns;
      const phase = (y % vertical.stride) * run;
      // Neighbouring blocks are also neighbours in memory where rows don't alternate between phases.
      const width = depth === run ? columns * run : run;
      for (let start = left - (left % width); start < right; start += width) {
        const source = row * depth + (start / run) * depth + phase - start;
        const [begin, end] = [Math.max(start, left), Math.min(start + width, right)];
        to.set(from.subarray(source + begin, source + end), target);
        target += end - begin;
      }
    }
  }
  return output;
}
