import type { DataSpec, Field } from "@gen/core";

/** The field that says what rows or their elements are, with its name. */
export function labelField(spec: DataSpec): { readonly name: string; readonly field: Field } | undefined {
  const found = Object.entries(spec.fields).find(([, { role }]) => role === "y");
  return found && { name: found[0], field: found[1] };
}

/** Where each row's elements begin, and the end of the last. */
export function offsetsOf(lengths: ArrayLike<number>): number[] {
  const offsets = [0];
  for (let row = 0; row < lengths.length; row++) offsets.push(offsets[row]! + lengths[row]!);
  return offsets;
}
