import type { NumericArray } from "@gen/core";
import { InputError } from "@gen/core/parallel";
import { blocksOf, blockSize } from "../blocks.js";
import { placeOf, type FieldOfX } from "../columns.js";
import type { Members, Membership } from "../membership.js";
import { roomFor, type Deviations, type Room } from "./room.js";

/**
 * Weights, means and sums of powers of deviations from the mean, for each class and element, [classes, size]. They are
 * of what `value` makes of a number (its logarithm), and up to the fourth power where `order` is 4.
 */
export interface Moments {
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly second: Float64Array;
  readonly third?: Float64Array;
  readonly fourth?: Float64Array;
}

/** Sums of x - origin and of its square, and of weights. */
interface Sums extends Deviations {
  readonly weights: Float64Array;
}

/** The moments of a column. NaN is left out. @throws InputError for an infinite number, naming column and row. */
export function momentsOf(
  source: FieldOfX,
  data: NumericArray,
  membership: Membership,
  order: 2 | 4 = 2,
): Moments {
  const { size } = source;
  const sums = gathered(source, data, membership);
  const means = new Float64Array(sums.weights.length);
  const second = new Float64Array(means.length);
  for (let i = 0; i < means.length; i++) {
    const weight = sums.weights[i]!;
    if (!(weight > 0)) continue;
    const shift = sums.first[i]! / weight;
    means[i] = sums.origins[i]! + shift;
    second[i] = Math.max(0, sums.second[i]! - sums.first[i]! * shift);
  }
  const moments = { weights: sums.weights, means, second };
  return order === 2 ? moments : { ...moments, ...higherPowers(data, size, membership, means) };
}

/** All at once where no value is missing, else number by number. */
function gathered(source: FieldOfX, data: NumericArray, membership: Membership): Sums {
  const { size } = source;
  const room = roomFor(membership.length, size, blockSize(data, size));
  const weights = new Float64Array(membership.length * size);
  const sums = { ...room.sums, weights };
  membership.forEach(({ rows, weights: own }, c) => {
    const begin = c * size;
    const row = rows[0];
    if (row === undefined) return;
    for (let j = 0; j < size; j++) sums.origins[begin + j] = data[row * size + j]!;
    weights.fill(own ? own.reduce((sum, w) => sum + w, 0) : rows.length, begin, begin + size);
  });
  const next = new Int32Array(membership.length);
  for (const { first, last, values } of blocksOf(data, size, room.block))
    membership.forEach((members, c) => {
      const from = next[c]!;
      let to = from;
      while (to < members.rows.length && members.rows[to]! < last) to++;
      next[c] = to;
      addBlock(values, members, { from, to, first, size, begin: c * size }, room);
    });
  if (sums.first.every(Number.isFinite) && sums.second.every(Number.isFinite)) return sums;
  for (const array of Object.values(sums)) array.fill(0);
  membership.forEach((members, c) => addOneByOne(source, data, members, c * size, sums));
  return sums;
}

/** Members of a class in a block of rows, and where the class begins in the sums. */
interface Range {
  readonly from: number;
  readonly to: number;
  /** The row that the block begins with. */
  readonly first: number;
  readonly size: number;
  readonly begin: number;
}

function addBlock(x: Float64Array, { rows, weights }: Members, range: Range, room: Room): void {
  const { from, to, first, size, begin } = range;
  const at = (i: number): number => (rows[i]! - first) * size;
  let i = from;
  if (!weights) for (; i + 4 <= to; i += 4) room.addFour(x, at(i), at(i + 1), at(i + 2), at(i + 3), begin);
  for (; i < to; i++) addOne(x, at(i), weights ? weights[i]! : 1, range, room.sums);
}

function addOne(
  x: Float64Array,
  row: number,
  weight: number,
  { begin, size }: Range,
  { origins, first, second }: Deviations,
): void {
  for (let j = begin; j < begin + size; j++) {
    const deviation = x[row + j - begin]! - origins[j]!;
    first[j] = first[j]! + weight * deviation;
    second[j] = second[j]! + weight * deviation * deviation;
  }
}

function addOneByOne(
  source: FieldOfX,
  x: NumericArray,
  { rows, weights }: Members,
  begin: number,
  sums: Sums,
): void {
  const { size } = source;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights ? weights[i]! : 1;
    for (let j = 0; j < size; j++) {
      const index = rows[i]! * size + j;
      const value = x[index]!;
      if (Number.isNaN(value)) continue;
      if (!Number.isFinite(value))
        throw new InputError(`${placeOf(source, index)} is ${value} where a finite number is expected.`);
      const at = begin + j;
      if (sums.weights[at] === 0) sums.origins[at] = value;
      const deviation = value - sums.origins[at]!;
      sums.weights[at] = sums.weights[at]! + weight;
      sums.first[at] = sums.first[at]! + weight * deviation;
      sums.second[at] = sums.second[at]! + weight * deviation * deviation;
    }
  }
}

function higherPowers(
  x: NumericArray,
  size: number,
  membership: Membership,
  means: Float64Array,
): Pick<Required<Moments>, "third" | "fourth"> {
  const third = new Float64Array(means.length);
  const fourth = new Float64Array(means.length);
  membership.forEach(({ rows, weights }, c) =>
    rows.forEach((row, i) => {
      for (let j = 0; j < size; j++) {
        const deviation = x[row * size + j]! - means[c * size + j]!;
        if (Number.isNaN(deviation)) continue;
        const cube = (weights ? weights[i]! : 1) * deviation ** 3;
        third[c * size + j]! += cube;
        fourth[c * size + j]! += cube * deviation;
      }
    }),
  );
  return { third, fourth };
}
