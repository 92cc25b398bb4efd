import type { Manifest } from "./types.js";

/** A manifest, typed with its own names and choices. */
export const defineManifest = <const M extends Manifest>(manifest: M): M => manifest;
