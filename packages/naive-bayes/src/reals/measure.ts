import { vectors } from "@gen/core/parallel";
import { normalsModule } from "../simd/normals.wasm.js";
import type { Normals } from "./normal.js";

/** Measures how far rows are from the classes. It is void when the next one is made. */
export interface Measure {
  /** Where rows have to stand; undefined: anywhere. */
  readonly block: Float64Array | undefined;
  /** Σ (x - μ)² / 2σ² of a class for the four rows, or as many as there are, that begin at `at`. */
  distances(x: Float64Array, at: number, c: number, out: Float64Array): void;
}

const opened = /* @__PURE__ */ vectors<"distances">(normalsModule);

/** By vectors where there are some and a row is of whole ones: the bits are the same. */
export function measureFor(
  { means, halfPrecisions }: Pick<Normals, "means" | "halfPrecisions">,
  size: number,
  blockSize: number,
): Measure {
  // Rows are taken by fours: behind the last ones there is room for three more.
  const places = { means: blockSize + 3 * size, weights: 0, out: 0 };
  places.weights = places.means + means.length;
  places.out = places.weights + means.length;
  const bytes = 8 * (places.out + 4);
  const simd = size > 0 && size % 2 === 0 ? opened(bytes) : undefined;
  if (!simd)
    return {
      block: undefined,
      distances(x, at, c, out) {
        for (let k = 0; k < out.length && at + k * size < x.length; k++)
          out[k] = distanceOf(x, at + k * size, means, halfPrecisions, c * size, size);
      },
    };
  const memory = new Float64Array(simd.memory(bytes));
  memory.set(means, places.means);
  memory.set(halfPrecisions, places.weights);
  return {
    block: memory.subarray(0, blockSize),
    distances(_, at, c, out) {
      const begin = c * size;
      simd.kernels.distances(
        8 * at,
        8 * (places.means + begin),
        8 * (places.weights + begin),
        8 * size,
        8 * places.out,
      );
      for (let k = 0; k < out.length; k++) out[k] = memory[places.out + k]!;
    },
  };
}

/** Even and odd elements apart, as vectors sum them. */
function distanceOf(
  x: Float64Array,
  at: number,
  means: Float64Array,
  weights: Float64Array,
  begin: number,
  size: number,
): number {
  let even = 0;
  let odd = 0;
  const last = size - 1;
  for (let j = 0; j < last; j += 2) {
    const t = x[at + j]! - means[begin + j]!;
    const u = x[at + j + 1]! - means[begin + j + 1]!;
    even += t * t * weights[begin + j]!;
    odd += u * u * weights[begin + j + 1]!;
  }
  if (size % 2 === 1) {
    const t = x[at + last]! - means[begin + last]!;
    even += t * t * weights[begin + last]!;
  }
  return even + odd;
}
