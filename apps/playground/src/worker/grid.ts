import type { Bounds } from "../engine/protocol.js";

/** The centres of a grid's cells, x and y in turn, row by row from the lower left corner. */
export function centres(bounds: Bounds, size: number): Float64Array {
  const centre = ([low, high]: readonly [number, number], i: number): number =>
    low + ((i + 0.5) / size) * (high - low);
  return Float64Array.from({ length: 2 * size * size }, (_, i) => {
    const cell = Math.floor(i / 2);
    return i % 2 === 0 ? centre(bounds.x, cell % size) : centre(bounds.y, Math.floor(cell / size));
  });
}
