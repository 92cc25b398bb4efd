import { InputError } from "../errors.js";
import { conform } from "./check.js";
import { isTensor } from "./column.js";
import { take } from "./take.js";
import type { Dataset, DataSpec, Rows } from "./types.js";

/**
 * A data set in memory. Rows are checked against the specification, columns that it does not name are left out,
 * and names of levels become numbers. The arrays are borrowed. Throws `InputError` as `checkRows` does, and on tensors.
 */
export function dataset(spec: DataSpec, rows: Rows): Dataset {
  const held = conform(spec, rows);
  for (const [name, { data }] of Object.entries(held.columns)) {
    if (isTensor(data))
      throw new InputError(`Column "${name}" is a tensor; download it before making a data set.`);
  }
  return { spec, length: held.length, take: (indices) => take(held, indices) };
}
