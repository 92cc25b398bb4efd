import { InputError } from "../../errors.js";

/** Householder's reduction Qᵀ A Q = tridiagonal; `q` holds A and becomes Qᵀ (rows are the vectors). */
function tridiagonalise(q: Float64Array, n: number): { diagonal: Float64Array; offDiagonal: Float64Array } {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const reflectors: { start: number; vector: Float64Array; beta: number }[] = [];
  const product = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    diagonal[k] = q[k * n + k]!;
    const start = k + 1;
    const vector = q.slice(k * n + start, k * n + n);
    let scale = 0;
    for (const value of vector) scale = Math.max(scale, Math.abs(value));
    let norm = 0;
    if (scale > 0) {
      for (const value of vector) norm += (value / scale) ** 2;
      norm = scale * Math.sqrt(norm);
    }
    const alpha = vector[0]! > 0 ? -norm : norm;
    offDiagonal[k] = norm === 0 ? 0 : alpha;
    if (norm === 0 || vector.length === 1) {
      offDiagonal[k] = vector[0]!;
      continue;
    }
    // The reflector I - β v vᵀ with v scaled to first entry 1.
    const head = vector[0]! - alpha;
    const beta = -head / alpha;
    for (let index = 1; index < vector.length; index++) vector[index]! /= head;
    vector[0] = 1;
    applyTwoSided(q, n, start, vector, beta, product);
    reflectors.push({ start, vector, beta });
  }
  diagonal[n - 1] = q[n * n - 1]!;
  accumulate(q, n, reflectors);
  return { diagonal, offDiagonal };
}

/** A ← H A H on the trailing block, H = I - β v vᵀ: a symmetric update of rank two. */
function applyTwoSided(
  a: Float64Array,
  n: number,
  start: number,
  vector: Float64Array,
  beta: number,
  product: Float64Array,
): void {
  const size = vector.length;
  let inner = 0;
  for (let i = 0; i < size; i++) {
    const from = (start + i) * n + start;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += a[from + j]! * vector[j]!;
    product[i] = beta * sum;
    inner += product[i]! * vector[i]!;
  }
  const half = (beta * inner) / 2;
  for (let i = 0; i < size; i++) product[i]! -= half * vector[i]!;
  for (let i = 0; i < size; i++) {
    const to = (start + i) * n + start;
    const vi = vector[i]!;
    const pi = product[i]!;
    for (let j = 0; j < size; j++) a[to + j]! -= vi * product[j]! + pi * vector[j]!;
  }
}

/** Overwrites `q` with (H₁ H₂ …)ᵀ, from the last reflector to the first so that only trailing blocks are touched. */
function accumulate(
  q: Float64Array,
  n: number,
  reflectors: readonly { start: number; vector: Float64Array; beta: number }[],
): void {
  q.fill(0);
  for (let index = 0; index < n; index++) q[index * (n + 1)] = 1;
  for (const { start, vector, beta } of [...reflectors].reverse()) {
    for (let row = start; row < n; row++) {
      const to = row * n + start;
      let sum = 0;
      for (let j = 0; j < vector.length; j++) sum += q[to + j]! * vector[j]!;
      sum *= beta;
      if (sum === 0) continue;
      for (let j = 0; j < vector.length; j++) q[to + j]! -= sum * vector[j]!;
    }
  }
}

/** Rotates rows `i` and `i + 1` of the vectors. */
function rotate(vectors: Float64Array, n: number, i: number, cosine: number, sine: number): void {
  const upper = i * n;
  const lower = upper + n;
  for (let k = 0; k < n; k++) {
    const first = vectors[upper + k]!;
    const second = vectors[lower + k]!;
    vectors[lower + k] = sine * first + cosine * second;
    vectors[upper + k] = cosine * first - sine * second;
  }
}

/** The QL algorithm with implicit Wilkinson shifts; `d` becomes the eigenvalues. */
function implicitQL(d: Float64Array, e: Float64Array, vectors: Float64Array, n: number): void {
  // The floor ends the iteration where two eigenvalues vanish; it is far below the rounding of the largest.
  const floor =
    Number.EPSILON ** 2 *
    d.reduce((largest, value, i) => Math.max(largest, Math.abs(value), Math.abs(e[i]!)), 0);
  for (let l = 0; l < n; l++) {
    for (;;) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]!) > Number.EPSILON * (Math.abs(d[m]!) + Math.abs(d[m + 1]!)) + floor)
        m++;
      if (m === l) break;
      let g = (d[l + 1]! - d[l]!) / (2 * e[l]!);
      let r = Math.hypot(g, 1);
      g = d[m]! - d[l]! + e[l]! / (g + (g < 0 ? -r : r));
      let sine = 1;
      let cosine = 1;
      let shift = 0;
      let split = false;
      for (let i = m - 1; i >= l; i--) {
        const f = sine * e[i]!;
        const b = cosine * e[i]!;
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1]! -= shift;
          e[m] = 0;
          split = true;
          break;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i + 1]! - shift;
        r = (d[i]! - g) * sine + 2 * cosine * b;
        shift = sine * r;
        d[i + 1] = g + shift;
        g = cosine * r - b;
        rotate(vectors, n, i, cosine, sine);
      }
      if (split) continue;
      d[l]! -= shift;
      e[l] = g;
      e[m] = 0;
    }
  }
}

/**
 * All eigenvalues and orthonormal eigenvectors of a symmetric n × n matrix, A vᵢ = λᵢ vᵢ.
 *
 * Householder's tridiagonalisation and the QL algorithm with implicit shifts.
 * Source: G. H. Golub and C. F. Van Loan, "Matrix Computations" (2013), section 8.3.
 *
 * @param a row-major, n × n, finite and symmetric
 * @throws InputError when an entry is not finite
 * @returns values in descending order, and vectors as the rows of a row-major n × n matrix in the same order
 */
export function symmetricEigen(
  a: ArrayLike<number>,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const rows = Float64Array.from(a);
  if (!rows.every(Number.isFinite))
    throw new InputError(
      "symmetricEigen: the matrix has an entry that is not finite: mend the data it came from.",
    );
  const { diagonal, offDiagonal } = tridiagonalise(rows, n);
  implicitQL(diagonal, offDiagonal, rows, n);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]!);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(rows.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (index) => diagonal[index]!), vectors };
}
