import { downloadSync } from "../../data/index.js";
import type { Encoding, Rows } from "../../data/types.js";
import { key as makeKey } from "../../random/index.js";
import type { Key } from "../../random/types.js";

/**
 * Data in the model's space. Where a capability has no key of its own, a drawing encoding uses a fixed one, so
 * that the same rows always give the same answer.
 */
export const encodeRows = (encoding: Encoding, x: Rows, key?: Key): Rows =>
  encoding.encode(downloadSync(x), encoding.stochastic ? (key ?? makeKey(0).fold("encoding")) : undefined);

/** Rows of the model's space in the data's units. */
export const decodeRows = (encoding: Encoding, z: Rows): Rows => encoding.decode(downloadSync(z));
