import type { Rows } from "@gen/core";
import type { Gmm } from "../model.js";

/** The rows of each class as row-major matrices; rows without a label are left out. */
export function byClass(model: Gmm, x: Rows): Float64Array[] {
  const d = model.columns;
  const matrix = model.rowsOf(x);
  if (model.classes.length === 0) return [matrix];
  const labels = model.classesOf(x);
  const places: number[][] = model.classes.map(() => []);
  labels.forEach((label, row) => places[label]?.push(row));
  return places.map((rows) => {
    const own = new Float64Array(rows.length * d);
    rows.forEach((row, i) => own.set(matrix.subarray(row * d, (row + 1) * d), i * d));
    return own;
  });
}

/** As `byClass`, for all chunks of the data together. */
export function allByClass(model: Gmm, data: Iterable<Rows>): Float64Array[] {
  const chunks = Array.from(data, (x) => byClass(model, x));
  return model.shares.mixtures.map((_, c) => concatenated(chunks.map((parts) => parts[c]!)));
}

/** Matrices of the same columns, one below the other. */
export function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
