import type { Capable, Draw, Key } from "@gen/core";

/** Symbols of a short line. */
export const shortLength = 12;

/** A draw of a few rows, of short lines where the protocol lets one choose their length. */
export const shortDraw = (model: Capable<"sample">, key: Key, count: number): Draw => ({
  key,
  count,
  options: model.protocol.options["length"]?.type === "integer" ? { length: shortLength } : {},
});
