import { InputError } from "../errors.js";

/** Throws `InputError` for what is no number of paths to ask `bestPaths` for. */
export function checkPathCount(count: number): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  throw new InputError(`bestPaths: the count of paths must be a whole number of at least 1, not ${count}.`);
}
