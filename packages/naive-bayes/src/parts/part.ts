import type { Column, Key, Rows } from "@gen/core";
import type { Counter } from "../counters.js";
import type { Evaluator } from "../evaluators.js";
import type { Shapes, Sums } from "./sums.js";

/** What the columns of the whole model have in common. */
export interface Common {
  /** The largest variance of any column that is taken for normal, over all classes; 0 where none varies. */
  readonly largestVariance: number;
}

/** Columns that are counted together. */
export interface Counted {
  /** Names its arrays in a file. */
  readonly name: string;
  /** The shapes of its statistics' arrays. */
  readonly shapes: Shapes;
  /** How it is counted. */
  readonly counter: Counter;
  /** Statistics of both. A negated part is taken away. */
  merge(a: Sums, b: Sums): Sums;
  negated(sums: Sums): Sums;
  /** Names of columns of which no row has a value. */
  withoutValues(sums: Sums): readonly string[];
}

/** Columns that are independent of all others given the class: how they are counted, and what is learned of them. */
export interface Part extends Counted {
  /** The largest variance over all classes, of columns that are taken for normal; 0 where there are none. */
  largestVariance(sums: Sums): number;
  fit(sums: Sums, common: Common): FittedPart;
}

/** p(columns | y), learned. */
export interface FittedPart {
  /** Adds log p(columns | y) of each row to `into`, [rows, classes], in nats. What is missing is left out. */
  addLogProb(x: Rows, into: Float64Array): void;
  /** The same as plain data, where it can be evaluated in another thread. */
  readonly evaluator?: Evaluator;
  /** A row of the columns for each given class. Tensors are the caller's. */
  draw(key: Key, y: Int32Array): Readonly<Record<string, Column>>;
}
