import type { Shape } from "@gen/core";

/** Sufficient statistics of a part: arrays by name, whose sizes depend on the model only. */
export type Sums = Readonly<Record<string, Float64Array>>;

export type Shapes = Readonly<Record<string, Shape>>;

/** Sums of counts: one array after another, number by number. */
export const addSums = (a: Sums, b: Sums): Sums => mapSums(a, (values, name) => plus(values, b[name]!));

export const negatedSums = (sums: Sums): Sums => mapSums(sums, (values) => values.map((value) => -value));

export const plus = (a: Float64Array, b: Float64Array): Float64Array => {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < sum.length; i++) {
    const total = a[i]! + b[i]!;
    const isNothing = Math.abs(total) <= rounding * Math.max(Math.abs(a[i]!), Math.abs(b[i]!));
    sum[i] = isNothing ? 0 : total;
  }
  return sum;
};

/** A sum so much smaller than what was added is what rounding of fractional weights left of nothing. */
export const rounding = 1e-12;

export const emptySums = (shapes: Shapes): Sums =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, new Float64Array(sizeOf(shape))]));

export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);

const mapSums = (sums: Sums, change: (values: Float64Array, name: string) => Float64Array): Sums =>
  Object.fromEntries(Object.entries(sums).map(([name, values]) => [name, change(values, name)]));
