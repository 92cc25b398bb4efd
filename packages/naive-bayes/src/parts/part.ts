import type { Column, Key, Rows, Shape } from "@gen/core";
import type { Membership } from "../membership.js";

/** Sufficient statistics of a part: arrays by name, whose sizes depend on the model only. */
export type Sums = Readonly<Record<string, Float64Array>>;

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
  readonly shapes: Readonly<Record<string, Shape>>;
  /** @throws InputError for a value that the columns can't have, naming column and row. */
  collect(x: Rows, membership: Membership): Sums;
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
  /** A row of the columns for each given class. Tensors are the caller's. */
  draw(key: Key, y: Int32Array): Readonly<Record<string, Column>>;
}

/** Sums of counts: one array after another, number by number. */
export const addSums = (a: Sums, b: Sums): Sums => mapSums(a, (values, name) => plus(values, b[name]!));

export const negatedSums = (sums: Sums): Sums => mapSums(sums, (values) => values.map((value) => -value));

export const plus = (a: Float64Array, b: Float64Array): Float64Array => {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < sum.length; i++) sum[i] = a[i]! + b[i]!;
  return sum;
};

export const emptySums = ({ shapes }: Pick<Counted, "shapes">): Sums =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Float64Array(sizeOf(shape))]));

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

const mapSums = (sums: Sums, change: (values: Float64Array, name: string) => Float64Array): Sums =>
  Object.fromEntries(Object.entries(sums).map(([name, values]) => [name, change(values, name)]));
