import { isNumeric, isText, sizeOf, type Column } from "@gen/core";

/** The first elements of a single row's sequence, or characters of its text; another column as it is. */
export function beginning(column: Column, count: number): Column {
  const { data, shape, lengths } = column;
  if (isText(data)) return { ...column, data: data.map((text) => Array.from(text).slice(0, count).join("")) };
  if (!isNumeric(data) || lengths === undefined) return column;
  const kept = Math.min(count, lengths[0]!);
  return { ...column, data: data.slice(0, kept * sizeOf(shape)), lengths: Int32Array.of(kept) };
}
