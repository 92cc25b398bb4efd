import { InputError, isInputError, split, subset, withoutLabels, type Dataset } from "@gen/core";
import type { LoadOptions, Part } from "./types.js";

/** The share of rows that are kept for tests where no split was published. */
const testShare = 0.2;

/**
 * The rows of a part, by a hash of each row, so that a row's part stays when others come or go. Throws `InputError`
 * when there are too few rows to have both parts.
 */
export async function partOf(data: Dataset, part: Part, name: string): Promise<Dataset> {
  if (part === "all") return data;
  try {
    return (await split(data, { test: testShare }))[part];
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new InputError(
      `${name} has too few rows (${data.length}) to keep a fifth of them for tests; give more, or use all with "${name}:all".`,
      { cause: error },
    );
  }
}

/** The first rows, and without labels, as asked. Throws `InputError` when there are fewer rows. */
export function limited(data: Dataset, { count, labels }: LoadOptions, name: string): Dataset {
  const kept = labels === "none" ? withoutLabels(data) : data;
  if (count === undefined || count === data.length) return kept;
  if (!Number.isInteger(count) || count < 1 || count > data.length)
    throw new InputError(
      `${name}: ${count} rows can't be taken of ${data.length}; give a whole number from 1 to ${data.length}.`,
    );
  return subset(
    kept,
    Int32Array.from({ length: count }, (_, row) => row),
  );
}
