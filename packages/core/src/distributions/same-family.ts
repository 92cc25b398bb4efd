import type { Distribution } from "./types.js";

/** Whether the partner of a divergence is of the same class, by name: two copies of a package may meet. */
export const sameFamily = <D extends Distribution>(one: D, other: Distribution): other is D =>
  other.family === one.family;
