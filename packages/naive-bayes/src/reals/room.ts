import { vectors } from "@gen/core/parallel";
import { normalsModule } from "../simd/normals.wasm.js";

/** Sums about an origin near the values, so that no digits are lost, of each class and element, [classes, size]. */
export interface Deviations {
  readonly origins: Float64Array;
  /** Σ x - origin */
  readonly first: Float64Array;
  /** Σ (x - origin)² */
  readonly second: Float64Array;
}

/** Where rows are added up. What it holds is void when the next one is made. */
export interface Room {
  readonly sums: Deviations;
  /** Where rows have to stand; undefined: anywhere. */
  readonly block: Float64Array | undefined;
  /** Adds rows of the block, by where they begin, to the class whose sums begin at `begin`. */
  addFour(x: Float64Array, a: number, b: number, c: number, d: number, begin: number): void;
}

const opened = /* @__PURE__ */ vectors<"add">(normalsModule);

/** Room for sums and a block of rows, by vectors where there are some and a row is of whole ones: the bits are the same. */
export function roomFor(classes: number, size: number, blockSize: number): Room {
  const width = classes * size;
  const bytes = 8 * (blockSize + 3 * width);
  const simd = size > 0 && size % 2 === 0 ? opened(bytes) : undefined;
  const memory = simd ? simd.memory(bytes) : new ArrayBuffer(bytes);
  const array = (place: number): Float64Array =>
    new Float64Array(memory, 8 * (blockSize + place * width), width).fill(0);
  const sums = { origins: array(0), first: array(1), second: array(2) };
  const { origins, first, second } = sums;
  if (!simd)
    return {
      sums,
      block: undefined,
      addFour: (x, a, b, c, d, begin) => addFour(x, a, b, c, d, size, begin, sums),
    };
  const { add } = simd.kernels;
  return {
    sums,
    block: new Float64Array(memory, 0, blockSize),
    addFour(_, a, b, c, d, begin) {
      const at = 8 * begin;
      const [o, s, q] = [origins.byteOffset + at, first.byteOffset + at, second.byteOffset + at];
      add(8 * a, 8 * b, 8 * c, 8 * d, o, s, q, 8 * size);
    },
  };
}

/** Four rows at a time, so that a sum is read and written once for four numbers. */
function addFour(
  x: Float64Array,
  a: number,
  b: number,
  c: number,
  d: number,
  size: number,
  begin: number,
  { origins, first, second }: Deviations,
): void {
  for (let j = 0; j < size; j++) {
    const origin = origins[begin + j]!;
    const p = x[a + j]! - origin;
    const q = x[b + j]! - origin;
    const r = x[c + j]! - origin;
    const s = x[d + j]! - origin;
    first[begin + j] = first[begin + j]! + (p + q + (r + s));
    second[begin + j] = second[begin + j]! + (p * p + q * q + (r * r + s * s));
  }
}
