import { weightsOf, type Rows } from "@gen/core";
import type { Gmm } from "../model.js";
import type { Chunk, Numbers } from "./chunk.js";

/** The rows of each class; those without a label are left out. @throws InputError for a weight that is none. */
export function chunkOf(model: Gmm, x: Rows): Chunk {
  const { columns } = model;
  const all: Numbers = { x: model.rowsOf(x), weights: weightsOf(model.spec, x) };
  if (model.classes.length === 0) return { columns, classes: [all] };
  const rows: number[][] = model.classes.map(() => []);
  model.classesOf(x).forEach((label, row) => rows[label]?.push(row));
  return { columns, classes: rows.map((own) => pick(all, own, columns)) };
}

function pick({ x, weights }: Numbers, rows: readonly number[], d: number): Numbers {
  const own = new Float64Array(rows.length * d);
  rows.forEach((row, i) => own.set(x.subarray(row * d, (row + 1) * d), i * d));
  return { x: own, weights: weights && Float64Array.from(rows, (row) => weights[row]!) };
}

/** All chunks of a class together. */
export function joined(chunks: readonly Chunk[], c: number): Numbers {
  const parts = chunks.map(({ classes }) => classes[c]!);
  return {
    x: concatenated(parts.map(({ x }) => x)),
    weights: parts.some(({ weights }) => weights !== undefined)
      ? concatenated(parts.map(({ weights }) => weights!))
      : undefined,
  };
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
