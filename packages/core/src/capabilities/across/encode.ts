import { downloadSync, readSync } from "../../data/index.js";
import type { Encoding, Rows } from "../../data/types.js";
import { key as makeKey } from "../../random/index.js";
import type { Key } from "../../random/types.js";
import { tidied } from "../../sampling/tree.js";
import type { Values } from "../../types.js";
import { addPerRow } from "../values.js";

/**
 * Data in the model's space. Where a capability has no key of its own, a drawing encoding uses a fixed one, so
 * that the same rows always give the same answer.
 */
export const encodeRows = (encoding: Encoding, x: Rows, key?: Key): Rows =>
  encoding.encode(downloadSync(x), encoding.stochastic ? (key ?? makeKey(0).fold("encoding")) : undefined);

/** What the model makes in its space, in the data's units and in JavaScript arrays. */
export const decoded = (encoding: Encoding, make: () => Rows): Rows =>
  tidied(() => encoding.decode(downloadSync(make())));

/** A density's values for data: log p(x) = log p(z) + log |dz/dx|, of each row. */
export const acrossDensity = (
  encoding: Encoding,
  x: Rows,
  logDensity: (z: Rows) => Values,
  key?: Key,
): Values =>
  tidied(() => {
    const z = encodeRows(encoding, x, key);
    return addPerRow(logDensity(z), readSync(encoding.logDet(x, z)));
  });
