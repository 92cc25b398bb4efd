import { InputError, isOrdered, type DataSpec, type Field } from "@gen/core";
import type { FieldOfX } from "../columns.js";

/** @throws InputError for texts and sequences. */
export function numeric(name: string, field: Field): FieldOfX["field"] {
  if (field.type === "text")
    throw new InputError(
      `Column "${name}" holds text, of which naive Bayes has no distribution: leave it out, or make a category or counts of it.`,
    );
  if (field.sequence === true)
    throw new InputError(
      `Column "${name}" holds sequences of unequal lengths: leave it out, or make numbers of one shape of it.`,
    );
  return field;
}

/** Whether a column's numbers have an order: real ones, those of ordered categories, and of categories of two levels. */
export const hasOrder = (spec: DataSpec, { field }: FieldOfX): boolean =>
  field.type !== "category" || field.levels <= 2 || isOrdered(spec, field);

/** A column whose numbers have an order. @throws InputError for other categories. */
export function countable(spec: DataSpec, source: FieldOfX, distribution: string): FieldOfX {
  if (hasOrder(spec, source)) return source;
  const { name } = source;
  throw new InputError(
    `Column "${name}" holds categories without an order, and ${distribution} needs one: set columns to "${name}=categorical", leave it out, or say in the specification that it is ordered.`,
  );
}
