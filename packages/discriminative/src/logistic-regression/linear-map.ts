import type { Design } from "./design.js";
import { transposed, type Product } from "./product.js";
import { sparseProduct, type SparseProduct } from "./sparse-product.js";
import { blocksOf, type Block } from "./sparse-rows.js";

/** A linear map from features to outputs. */
export interface Linear {
  readonly outputs: number;
  /** [features, outputs], row-major: of the numbers first. */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
  /** What numbers are minus: the map does it for sparse ones, dense ones are so already. */
  readonly means?: Float64Array;
}

const none = new Float64Array(0);

/** The outputs of all rows, [rows, outputs]. */
export function outputsOf(design: Design, linear: Linear, product: Product): Float64Array {
  const outputs = new Float64Array(design.rows * linear.outputs);
  const map = new LinearMap(design, linear, product);
  for (const block of map.blocks) outputs.set(map.forward(block), block.first * linear.outputs);
  return outputs;
}

/** Rows under a linear map, block by block. It is void when the next one is made. */
export class LinearMap {
  readonly blocks: readonly Block[];
  private readonly sparse: SparseProduct;
  /** Dense numbers in a row. */
  private readonly width: number;
  private readonly means: Float64Array;
  /** The outputs of a row of zeros. */
  private readonly atZero: Float64Array;
  /** Narrow matrices are laid out by outputs, so that the wide one is read as it lies. */
  private readonly byOutput: Float64Array;
  private readonly gradientByOutput: Float64Array;

  /** @param gradient zeros, [features, outputs] */
  constructor(
    private readonly design: Design,
    private readonly linear: Linear,
    private readonly product: Product,
    private readonly gradient = new Float64Array(linear.weights.length),
  ) {
    const { outputs, weights, intercepts, means = none } = linear;
    this.width = design.rows === 0 ? 0 : design.dense.length / design.rows;
    this.means = this.width === 0 ? means : none;
    this.blocks = blocksOf(design.sparse);
    this.sparse = sparseProduct({ rows: design.sparse, blocks: this.blocks, weights, outputs, gradient });
    this.atZero = shifted(intercepts, this.means, weights);
    this.byOutput = transposed(weights.subarray(0, this.width * outputs), this.width, outputs);
    this.gradientByOutput = new Float64Array(this.byOutput.length);
  }

  /** The outputs of a block's rows, which may be changed, until the next block. */
  forward(block: Block): Float64Array {
    const { atZero, sparse } = this;
    const k = this.linear.outputs;
    const outputs = sparse.outputs.subarray(0, (block.last - block.first) * k);
    for (let at = 0; at < outputs.length; at += k) outputs.set(atZero, at);
    const { dense, shape } = this.denseOf(block);
    if (dense.length > 0) addTo(outputs, this.product(dense, this.byOutput, { ...shape, transposeB: true }));
    sparse.forward(block);
    return outputs;
  }

  /** Adds Σ residual · feature over the block that went forward last, whose outputs were made residuals. */
  back(block: Block): void {
    const { dense, shape } = this.denseOf(block);
    const residuals = this.sparse.outputs.subarray(0, shape.rows * shape.columns);
    const back = { rows: shape.columns, inner: shape.rows, columns: shape.inner, transposeA: true };
    if (dense.length > 0) addTo(this.gradientByOutput, this.product(residuals, dense, back));
    this.sparse.back(block);
  }

  /** Writes Σ residual · feature over all blocks to the gradient; `sums` are Σ residual. */
  finish(sums: Float64Array): void {
    const { gradient, means } = this;
    const k = this.linear.outputs;
    this.sparse.finish();
    gradient.set(transposed(this.gradientByOutput, k, this.width));
    for (let j = 0; j < means.length; j++)
      for (let o = 0; o < k; o++) gradient[j * k + o]! -= means[j]! * sums[o]!;
  }

  private denseOf({ first, last }: Block) {
    const { width } = this;
    const dense = this.design.dense.subarray(first * width, last * width);
    return { dense, shape: { rows: last - first, inner: width, columns: this.linear.outputs } };
  }
}

/** intercepts - Σ mean · weight. */
function shifted(intercepts: Float64Array, means: Float64Array, weights: Float64Array): Float64Array {
  const result = intercepts.slice();
  const k = result.length;
  for (let j = 0; j < means.length; j++)
    for (let o = 0; o < k; o++) result[o]! -= means[j]! * weights[j * k + o]!;
  return result;
}

function addTo(sum: Float64Array, more: Float64Array): void {
  for (let i = 0; i < more.length; i++) sum[i]! += more[i]!;
}
