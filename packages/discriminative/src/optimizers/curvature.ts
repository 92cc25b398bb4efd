import { numbers, savedNumbers, unusable, type Arrays } from "./saved.js";
import { addScaled, dot } from "./vectors.js";

/** A step, the difference of gradients along it, and their product. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly sy: number;
}

/** A pair without the entries that are held; nothing where the rest is not convex. */
function within({ s, y }: Pair, free: Uint8Array): Pair[] {
  const [own, difference] = [s.map((value, i) => value * free[i]!), y.map((value, i) => value * free[i]!)];
  const sy = dot(own, difference);
  return sy > Number.EPSILON * dot(difference, difference) ? [{ s: own, y: difference, sy }] : [];
}

/**
 * The last steps s and differences of gradients y, which tell the inverse Hessian by the two-loop recursion.
 * Source: Updating quasi-Newton matrices with limited storage (Nocedal, 1980).
 */
export class Curvature {
  private readonly capacity: number;
  private readonly diagonal: Float64Array | undefined;
  private pairs: Pair[] = [];

  constructor(capacity: number, diagonal?: Float64Array) {
    this.capacity = capacity;
    this.diagonal = diagonal;
  }

  get isEmpty(): boolean {
    return this.pairs.length === 0;
  }

  clear(): void {
    this.pairs = [];
  }

  /** Keeps a pair where the function is convex along it. */
  add(s: Float64Array, y: Float64Array): void {
    const sy = dot(s, y);
    if (!(sy > Number.EPSILON * dot(y, y))) return;
    this.pairs.push({ s, y, sy });
    if (this.pairs.length > this.capacity) this.pairs.shift();
  }

  /**
   * - H g, with the inverse Hessian H. Of entries that are held (flag 0) nothing is looked at, and the result is 0 there:
   * H is then that of the others alone.
   */
  descent(gradient: Float64Array, free?: Uint8Array): Float64Array {
    const q = gradient.slice();
    if (free) for (let i = 0; i < q.length; i++) q[i]! *= free[i]!;
    const pairs = free === undefined ? this.pairs : this.pairs.flatMap((pair) => within(pair, free));
    const shares = new Float64Array(pairs.length);
    for (let k = pairs.length - 1; k >= 0; k--) {
      const { s, y, sy } = pairs[k]!;
      shares[k] = dot(s, q) / sy;
      addScaled(q, -shares[k]!, y, q);
    }
    this.scale(q, pairs.at(-1));
    pairs.forEach(({ s, y, sy }, k) => {
      addScaled(q, shares[k]! - dot(y, q) / sy, s, q);
    });
    for (let i = 0; i < q.length; i++) q[i] = -q[i]!;
    return q;
  }

  /** The inverse Hessian before any pair: the diagonal's inverse, scaled as the last pair tells. */
  private scale(q: Float64Array, last: Pair | undefined): void {
    const { diagonal } = this;
    if (diagonal) for (let i = 0; i < q.length; i++) q[i]! /= diagonal[i]!;
    if (!last) return;
    let yy = 0;
    for (let i = 0; i < last.y.length; i++) yy += last.y[i]! ** 2 / (diagonal?.[i] ?? 1);
    for (let i = 0; i < q.length; i++) q[i]! *= last.sy / yy;
  }

  state(size: number): Arrays {
    const count = this.pairs.length;
    const joined = (part: "s" | "y"): Float64Array => {
      const all = new Float64Array(count * size);
      this.pairs.forEach((pair, k) => {
        all.set(pair[part], k * size);
      });
      return all;
    };
    return new Map([
      ["steps", numbers(joined("s"), [count, size])],
      ["differences", numbers(joined("y"), [count, size])],
    ]);
  }

  restore(state: Arrays, size: number): void {
    const [steps, differences] = [savedNumbers(state, "steps"), savedNumbers(state, "differences")];
    const count = steps.length / Math.max(1, size);
    if (!Number.isInteger(count) || count > this.capacity || differences.length !== steps.length)
      throw unusable("steps");
    this.pairs = Array.from({ length: count }, (_, k) => {
      const s = steps.slice(k * size, (k + 1) * size);
      const y = differences.slice(k * size, (k + 1) * size);
      return { s, y, sy: dot(s, y) };
    });
  }
}
