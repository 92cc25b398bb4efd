import { vectors } from "@gen/core/parallel";
import { rowsModule } from "./simd/rows.wasm.js";
import type { Block, SparseRows } from "./sparse-rows.js";

/** The product of sparse rows and weights, block by block, and what is pulled back through it. */
export interface SparseProduct {
  /** The outputs of a block's rows, [rows, outputs], to be written to. */
  readonly outputs: Float64Array;
  /** Adds Σ value · weight to the outputs. */
  forward(block: Block): void;
  /** Adds Σ value · output to the gradient, of the block that went forward last. */
  back(block: Block): void;
  /** After it the gradient is what was added. */
  finish(): void;
}

/** What is multiplied. */
interface Factors {
  readonly rows: SparseRows;
  readonly blocks: readonly Block[];
  /** [features, outputs], row-major. */
  readonly weights: Float64Array;
  /** How many. */
  readonly outputs: number;
  /** Zeros, [features, outputs]. */
  readonly gradient: Float64Array;
}

/** Outputs that a kernel takes at a time. */
const widths = [10, 2, 1] as const;
const opened = /* @__PURE__ */ vectors<`${"forward" | "back"}${(typeof widths)[number]}`>(rowsModule);

/**
 * By vectors where there are some and it is worth copying the weights to them: the bits are the same. A product is
 * void when the next one is made.
 */
export function sparseProduct(factors: Factors): SparseProduct {
  const { rows, weights, outputs } = factors;
  const isWorthIt = rows.features.length * outputs >= weights.length;
  return (isWorthIt ? byVectors(factors) : undefined) ?? inJavaScript(factors);
}

const most = (blocks: readonly Block[], size: (block: Block) => number): number =>
  blocks.reduce((largest, block) => Math.max(largest, size(block)), 0);

function byVectors({ rows, blocks, weights, outputs: k, gradient }: Factors): SparseProduct | undefined {
  const { offsets, features, values } = rows;
  const mostRows = most(blocks, ({ first, last }) => last - first);
  const mostEntries = most(blocks, ({ first, last }) => offsets[last]! - offsets[first]!);
  // Float64 first, so that everything is aligned.
  const sizes = [weights.length, weights.length, mostRows * k, mostEntries];
  const numbers = sizes.reduce((sum, size) => sum + size, 0);
  const bytes = 8 * numbers + 4 * (mostEntries + mostRows + 1);
  const simd = opened(bytes);
  if (!simd) return undefined;
  const memory = simd.memory(bytes);
  let end = 0;
  const [ownWeights, ownGradient, outputs, ownValues] = sizes.map((size) => {
    const begin = end;
    end += 8 * size;
    return new Float64Array(memory, begin, size);
  }) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const ownFeatures = new Int32Array(memory, end, mostEntries);
  const ownOffsets = new Int32Array(memory, end + 4 * mostEntries, mostRows + 1);
  ownWeights.set(weights);
  ownGradient.fill(0);
  const run = (way: "forward" | "back", { first, last }: Block, to: Float64Array): void => {
    const [places, stride] = [[ownOffsets, ownFeatures, ownValues].map((a) => a.byteOffset), 8 * k] as const;
    let at = 0;
    for (const width of widths)
      for (; at + width <= k; at += width)
        simd.kernels[`${way}${width}`](
          last - first,
          ...places,
          to.byteOffset + 8 * at,
          outputs.byteOffset + 8 * at,
          stride,
        );
  };
  return {
    outputs,
    forward(block) {
      const [from, to] = [offsets[block.first]!, offsets[block.last]!];
      ownOffsets.set(offsets.subarray(block.first, block.last + 1));
      ownFeatures.set(features.subarray(from, to));
      ownValues.set(values.subarray(from, to));
      run("forward", block, ownWeights);
    },
    back(block) {
      run("back", block, ownGradient);
    },
    finish() {
      gradient.set(ownGradient);
    },
  };
}

function inJavaScript({ rows, blocks, weights, outputs: k, gradient }: Factors): SparseProduct {
  const { offsets, features, values } = rows;
  const outputs = new Float64Array(most(blocks, ({ first, last }) => last - first) * k);
  return {
    outputs,
    finish: () => undefined,
    forward({ first, last }) {
      for (let row = first; row < last; row++)
        for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
          const value = values[i]!;
          const [from, to] = [features[i]! * k, (row - first) * k];
          for (let o = 0; o < k; o++) outputs[to + o] = outputs[to + o]! + value * weights[from + o]!;
        }
    },
    back({ first, last }) {
      for (let row = first; row < last; row++)
        for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
          const value = values[i]!;
          const [from, to] = [(row - first) * k, features[i]! * k];
          for (let o = 0; o < k; o++) gradient[to + o] = gradient[to + o]! + value * outputs[from + o]!;
        }
    },
  };
}
