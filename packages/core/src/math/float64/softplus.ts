/** log(1 + exp(x)). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** log(1 / (1 + exp(-x))). */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}
