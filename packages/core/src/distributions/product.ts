import type { Tensor } from "@tensorflow/tfjs-core";
import { add, reshape, tidy } from "../backend/engine.js";
import { tensor } from "../data/transfer.js";
import type { Column, Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { expand, sizeOf } from "./shapes.js";
import { having, offers } from "./statistic.js";
import type { Distribution, HasMean, HasMode } from "./types.js";

type Columns = Readonly<Record<string, Distribution>>;

/** The joint distribution of independent named columns; see `product`. */
class Product implements Distribution<Rows>, HasMode<Rows> {
  readonly family = "Product";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];

  constructor(readonly columns: Columns) {
    const [first, ...rest] = Object.entries(columns);
    if (first === undefined) throw new InputError("product: there is no column; give at least one.");
    this.batchShape = first[1].batchShape;
    for (const [name, column] of rest) {
      if (column.batchShape.join() === this.batchShape.join()) continue;
      throw new InputError(
        `product: column "${name}" has the batch shape [${column.batchShape.join(", ")}] and "${first[0]}" has [${this.batchShape.join(", ")}]; make them equal.`,
      );
    }
    if (Object.values(columns).every((column) => offers(column, "mean")))
      this.mean = () =>
        this.rows(this.batchShape, (column) =>
          expand(having(column, "mean").mean(), [...this.batchShape, ...column.eventShape]),
        );
  }

  /** Each column's mean; there when every column has one. */
  mean?: () => Rows;

  sample(key: Key, shape: Shape = []): Rows {
    return this.rows([...shape, ...this.batchShape], (column, name) => column.sample(key.fold(name), shape));
  }

  logProb(x: Rows): Tensor {
    return tidy(() => {
      const parts = Object.entries(this.columns).map(([name, column]) => {
        const values = reshape(tensor(x, name), [-1, ...this.batchShape, ...column.eventShape]);
        return reshape(column.logProb(values), [x.length]);
      });
      return total(parts);
    });
  }

  /** Each column's mode. Throws `InputError` when one has none. */
  mode(): Rows {
    return this.rows(this.batchShape, (column) =>
      expand(having(column, "mode").mode(), [...this.batchShape, ...column.eventShape]),
    );
  }

  /** The sum of the columns' divergences, for the same column names. */
  klTo(other: Distribution<Rows>): Tensor | undefined {
    if (!isProduct(other)) return undefined;
    const names = Object.keys(this.columns);
    if (names.length !== Object.keys(other.columns).length) return undefined;
    return tidy(() => {
      const parts = names.map((name) => {
        const partner = Object.hasOwn(other.columns, name) ? other.columns[name] : undefined;
        return partner && this.columns[name]!.klTo?.(partner);
      });
      return parts.every((part) => part !== undefined) ? total(parts) : undefined;
    });
  }

  /** Rows of the shape flattened into one axis. */
  private rows(shape: Shape, valuesOf: (column: Distribution, name: string) => Tensor): Rows {
    const length = sizeOf(shape);
    const entries = Object.entries(this.columns);
    const tensors = tidy(() =>
      entries.map(([name, column]) => reshape(valuesOf(column, name), [length, ...column.eventShape])),
    );
    const columns = entries.map(([name, column], index): [string, Column] => [
      name,
      { data: tensors[index]!, shape: column.eventShape },
    ]);
    return { length, columns: Object.fromEntries(columns) };
  }
}

const isProduct = (other: Distribution<Rows>): other is Product => other.family === "Product";

const total = (parts: readonly Tensor[]): Tensor => parts.reduce((sum, part) => add(sum, part));

/**
 * The joint distribution of independent named columns: log p(rows) = Σ over columns of each one's log p, one number per
 * row.
 *
 * Samples are rows with one tensor per column, the caller's to dispose of; sample and batch axes are flattened into the
 * rows' one axis. Throws `InputError` without a column, and when batch shapes differ.
 */
export const product = (columns: Columns): Distribution<Rows> & HasMode<Rows> & Partial<HasMean<Rows>> =>
  new Product(columns);
