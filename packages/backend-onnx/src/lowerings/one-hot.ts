import type { Value } from "../graph/types.js";

/** What a one-hot table was made of, for who can do with less than the table. */
export const oneHots = new WeakMap<Value, { readonly indices: Value }>();
