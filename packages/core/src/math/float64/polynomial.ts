/** Σ coefficients[k] xᵏ by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let index = coefficients.length - 1; index >= 0; index--) {
    sum = sum * x + coefficients[index]!;
  }
  return sum;
}

/** Σ coefficients[k] T_k(x) with the first term halved, by Clenshaw's recurrence; x in [-1, 1]. */
export function chebyshevSeries(coefficients: readonly number[], x: number): number {
  let next = 0;
  let afterNext = 0;
  for (let index = coefficients.length - 1; index > 0; index--) {
    const current = 2 * x * next - afterNext + coefficients[index]!;
    afterNext = next;
    next = current;
  }
  return x * next - afterNext + coefficients[0]! / 2;
}
