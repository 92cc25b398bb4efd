// Splittable, stateless random numbers. They are drawn in JavaScript, so a key gives the same numbers on every back
// end, in Node and in every browser: words, uniform numbers and integers bit for bit, all others to 1e-6.
export { bernoulli } from "./bernoulli.js";
export { binomials } from "./binomials.js";
export { bits } from "./bits.js";
export { categorical } from "./categorical.js";
export { draw } from "./draw.js";
export { exponentials } from "./exponentials.js";
export { gammas, logGammas } from "./gammas.js";
export { gumbels } from "./gumbels.js";
export { key, keyFrom } from "./key.js";
export { normals, normals64 } from "./normals.js";
export { permutation } from "./permutation.js";
export { poissons } from "./poissons.js";
export { randints } from "./randints.js";
export type { Numbers } from "./recorder.js";
export { recordDraws, type RecordedDraw, redraw } from "./recording.js";
export { exponential, gumbel, normal, randint, uniform } from "./tensor-draws.js";
export type { Key } from "./types.js";
export { uniforms, uniforms64 } from "./uniforms.js";
export { vonMises } from "./von-mises.js";
