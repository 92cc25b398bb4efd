import { key } from "@gen/core";
import { normals64, randints } from "@gen/core/random";
import { expect, it } from "vitest";
import { near } from "../testing/near.js";
import type { Design } from "./design.js";
import { Moments } from "./moments.js";

const [rows, width, features] = [60, 4, 6];
/** Half of them 0, far from 0 where not; the third is 0 everywhere, and the last one 7. */
const x = normals64(key(1), rows * width).map(
  (value, i) => [value < 0 ? 0 : 1e3 + value, value, 0, 7][i % 4]!,
);
const levels = randints(key(2), rows, 2).map((level) => level + width);
const targets = {
  labels: randints(key(3), rows, 2),
  weights: Float64Array.from({ length: rows }, (_, row) => [0, 1, 0.3][row % 3]!),
};

function designOf(from: number, to: number, isSparse: boolean): Design {
  const entries = Array.from({ length: to - from }, (_, i) => {
    const row = from + i;
    const own = isSparse ? [...x.subarray(row * width, (row + 1) * width).entries()] : [];
    return [...own.filter(([, value]) => value !== 0), [levels[row]!, 1] as const];
  });
  const offsets = new Int32Array(entries.length + 1);
  entries.forEach((own, i) => (offsets[i + 1] = offsets[i]! + own.length));
  return {
    rows: to - from,
    dense: isSparse ? new Float64Array(0) : x.slice(from * width, to * width),
    sparse: {
      offsets,
      features: Uint16Array.from(entries.flat(), ([feature]) => feature),
      values: Float64Array.from(entries.flat(), ([, value]) => value),
    },
  };
}

it.each([
  ["dense", [false, false]],
  ["sparse", [true, true]],
  ["now one, now the other", [true, false]],
])("are those of two passes over all rows: %s", (_, isSparse) => {
  const moments = new Moments(2, { units: new Float64Array(width), features });
  [0, 25].forEach((from, i) => {
    const to = i === 0 ? 25 : rows;
    const own = { labels: targets.labels.slice(from, to), weights: targets.weights.slice(from, to) };
    moments.add(designOf(from, to, isSparse[i]!), own);
  });
  const { weights } = targets;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const over = (f: (row: number) => number): number =>
    weights.reduce((sum, weight, row) => sum + weight * f(row), 0);
  const means = Array.from({ length: width }, (_, j) => over((row) => x[row * width + j]!) / total);
  const squares = means.map((mean, j) => over((row) => (x[row * width + j]! - mean) ** 2));
  near(moments.means, means, { relative: 1e-13, absolute: 1e-15 });
  near(moments.squares, [...squares, ...[4, 5].map((f) => over((row) => Number(levels[row] === f)))], {
    relative: 1e-12,
    absolute: 1e-20,
  });
  expect(moments.squares[2]).toBe(0);
  expect(moments.squares[3]).toBe(0);
  near([moments.total], [total], { relative: 1e-14 });
});
