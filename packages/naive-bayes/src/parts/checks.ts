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

/** A column whose numbers have an order: real ones, or ordered categories. @throws InputError for other categories. */
export function countable(spec: DataSpec, source: FieldOfX, distribution: string): FieldOfX {
  if (source.field.type !== "category" || source.field.levels <= 2 || isOrdered(spec, source.field))
    return source;
  throw new InputError(
    `Column "${source.name}" holds categories without an order, and ${distribution} needs one: leave it "categorical", leave it out, or say in the specification that it is ordered.`,
  );
}
