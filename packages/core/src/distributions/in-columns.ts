import type { Tensor } from "@tensorflow/tfjs-core";
import { concat, reshape, slice, tidy } from "../backend/engine.js";
import { tensor } from "../data/transfer.js";
import type { Rows } from "../data/types.js";
import type { Key } from "../random/types.js";
import type { Shape } from "../types.js";
import type { Distribution, HasMean, HasMode } from "./types.js";

const size = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/**
 * A distribution over vectors, seen as rows of named columns: the event's one axis is cut into the columns in
 * their order, each with its shape. For models whose columns are dependent; `product` is for independent ones.
 */
export class InColumns implements Distribution<Rows> {
  readonly family = "InColumns";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  private readonly base: Distribution;
  private readonly shapes: Readonly<Record<string, Shape>>;

  constructor(base: Distribution & Partial<HasMean & HasMode>, shapes: Readonly<Record<string, Shape>>) {
    this.base = base;
    this.shapes = shapes;
    this.batchShape = base.batchShape;
    if (base.mean) this.mean = () => this.cut(tidy(() => base.mean!()));
    if (base.mode) this.mode = () => this.cut(tidy(() => base.mode!()));
  }

  /** Given when the base has a mean. */
  mean?: () => Rows;
  /** Given when the base has a mode. */
  mode?: () => Rows;

  /** Rows of `[...shape, ...batchShape]` flattened into one axis. */
  sample(key: Key, shape: Shape = []): Rows {
    return this.cut(this.base.sample(key, shape));
  }

  logProb(x: Rows): Tensor {
    return tidy(() => {
      const parts = Object.entries(this.shapes).map(([name, shape]) =>
        reshape(tensor(x, name), [x.length, size(shape)]),
      );
      return this.base.logProb(concat(parts, 1));
    });
  }

  /** Consumes the vectors. */
  private cut(vectors: Tensor): Rows {
    const width = vectors.shape[vectors.rank - 1]!;
    const flat = tidy(() => reshape(vectors, [-1, width]));
    const columns: Record<string, { data: Tensor; shape: Shape }> = {};
    let from = 0;
    for (const [name, shape] of Object.entries(this.shapes)) {
      const start = from;
      columns[name] = {
        shape,
        data: tidy(() => reshape(slice(flat, [0, start], [-1, size(shape)]), [flat.shape[0]!, ...shape])),
      };
      from += size(shape);
    }
    const length = flat.shape[0]!;
    flat.dispose();
    vectors.dispose();
    return { length, columns };
  }
}
