import { column, type Rows } from "@gen/core";

/** The symbols of each row of a ragged column, each with what stands before and after it. */
export function linesOf(x: Rows, field: string, before: Int32Array, after: Int32Array): Int32Array[] {
  const { data, lengths } = column(x, field);
  const symbols = data as Int32Array;
  const sizes = lengths ?? new Int32Array(x.length).fill(symbols.length / x.length);
  let from = 0;
  return Array.from(sizes, (size) => {
    const line = new Int32Array(before.length + size + after.length);
    line.set(before);
    line.set(symbols.subarray(from, from + size), before.length);
    line.set(after, before.length + size);
    from += size;
    return line;
  });
}
