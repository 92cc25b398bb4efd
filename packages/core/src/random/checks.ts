import { InputError } from "../errors.js";
import type { Shape } from "../types.js";

const WORDS = 2 ** 32;

/** `value` if it is an integer from 0 to 2^32 - 1, else an InputError that names it `what`. */
export function checkWord(what: string, value: number): number {
  if (Number.isInteger(value) && value >= 0 && value < WORDS) return value;
  throw new InputError(
    `${what} must be an integer from 0 to ${WORDS - 1}, but it is ${value}; pass one, such as 7.`,
  );
}

/** The number of elements of a shape; an InputError if an axis is not a size. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, axis) => {
    if (Number.isInteger(axis) && axis >= 0) return size * axis;
    throw new InputError(
      `Every axis of a shape must be an integer of at least 0, but the shape is [${shape.join(", ")}]; mend that axis.`,
    );
  }, 1);
}

/** What a parameter of a sampler may be: one number for all elements, or one per element. */
export type Parameter = number | Float64Array;

/**
 * Reads a parameter by element, having checked its length and that each of its numbers lies in an interval:
 * from `lowest` (itself excluded when `open`) to `highest`, both finite.
 */
export function readParameter(
  what: string,
  parameter: Parameter,
  count: number,
  interval: { readonly lowest: number; readonly open?: boolean; readonly highest: number },
): (element: number) => number {
  const { lowest, open = false, highest } = interval;
  const check = (value: number, where: string): void => {
    if ((open ? value > lowest : value >= lowest) && value <= highest) return;
    const bound = open ? `above ${lowest}` : `at least ${lowest}`;
    throw new InputError(
      `${what}${where} must be ${bound} and at most ${highest}, but it is ${value}; pass such a number.`,
    );
  };
  if (typeof parameter === "number") {
    check(parameter, "");
    return () => parameter;
  }
  if (parameter.length !== count)
    throw new InputError(
      `${what} has ${parameter.length} elements, but ${count} numbers are to be drawn; pass one element for each.`,
    );
  parameter.forEach((value, i) => check(value, ` (element ${i})`));
  return (element) => parameter[element]!;
}
