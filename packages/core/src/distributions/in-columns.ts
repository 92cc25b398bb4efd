import type { Tensor } from "@tensorflow/tfjs-core";
import { cast, concat, reshape, slice } from "../backend/engine.js";
import { tensor } from "../data/transfer.js";
import type { Column, Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/types.js";
import { tidied } from "../sampling/tree.js";
import type { Shape } from "../types.js";
import { sizeOf } from "./shapes.js";
import { having, offers } from "./statistic.js";
import type { Distribution } from "./types.js";

/**
 * A distribution over vectors, seen as rows of named columns: the event's one axis is cut into the columns in
 * their order, each with its shape. For models whose columns are dependent; `product` is for independent ones.
 * Throws `InputError` unless the columns are together as wide as the vectors.
 */
export class InColumns implements Distribution<Rows> {
  readonly family = "InColumns";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];
  private readonly base: Distribution;
  private readonly shapes: Readonly<Record<string, Shape>>;

  constructor(base: Distribution, shapes: Readonly<Record<string, Shape>>) {
    const width = Object.values(shapes).reduce((total, shape) => total + sizeOf(shape), 0);
    if (base.eventShape.length !== 1 || base.eventShape[0] !== width)
      throw new InputError(
        `InColumns: the columns hold ${width} numbers, but events are of shape [${base.eventShape.join(", ")}]; make them equal.`,
      );
    this.base = base;
    this.shapes = shapes;
    this.batchShape = base.batchShape;
    if (offers(base, "mean")) this.mean = () => this.cut(() => having(base, "mean").mean());
    if (offers(base, "mode")) this.mode = () => this.cut(() => having(base, "mode").mode());
  }

  /** Given when the base has a mean. */
  mean?: () => Rows;
  /** Given when the base has a mode. */
  mode?: () => Rows;

  /** Rows of `[...shape, ...batchShape]` flattened into one axis. */
  sample(key: Key, shape: Shape = []): Rows {
    return this.cut(() => this.base.sample(key, shape));
  }

  /** One number per row. */
  logProb(x: Rows): Tensor {
    return tidied(() => {
      const parts = Object.entries(this.shapes).map(([name, shape]) =>
        cast(reshape(tensor(x, name), [x.length, sizeOf(shape)]), "float32"),
      );
      const vectors = reshape(concat(parts, 1), [-1, ...this.batchShape, ...this.base.eventShape]);
      return reshape(this.base.logProb(vectors), [x.length]);
    });
  }

  private cut(make: () => Tensor): Rows {
    return tidied(() => {
      const vectors = make();
      const flat = reshape(vectors, [-1, vectors.shape.at(-1)!]);
      const length = flat.shape[0];
      const columns: Record<string, Column> = {};
      let from = 0;
      for (const [name, shape] of Object.entries(this.shapes)) {
        const size = sizeOf(shape);
        columns[name] = { shape, data: reshape(slice(flat, [0, from], [-1, size]), [length, ...shape]) };
        from += size;
      }
      return { length, columns };
    });
  }
}
