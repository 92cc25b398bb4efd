import type { Field, NumericArray } from "@gen/core";
import { shortest } from "./numbers.js";

export type Cell = string | number;

/** A value as a table shows it: a level's name, the shortest number, nothing where it is missing. */
export function cellOf(data: NumericArray, field: Field): (index: number) => Cell {
  return (index) => {
    const value = shortest(data, index);
    if (field.type === "category") return value === -1 ? "" : (field.names?.[value] ?? value);
    return Number.isNaN(value) ? "" : value;
  };
}
