/**
 * The zero of a monotone concave function by Newton's method, which converges from any start because every tangent
 * lies above the function.
 *
 * `evaluate` gives the value and the derivative; steps are held inside [lower, upper] and to the given length.
 */
export function concaveNewton(
  evaluate: (u: number) => readonly [value: number, derivative: number],
  start: number,
  { lower = -Infinity, upper = Infinity, longestStep = 4 }: { lower?: number; upper?: number; longestStep?: number } = {},
): number {
  let u = Math.min(Math.max(start, lower), upper);
  for (let iteration = 0; iteration < 500; iteration++) {
    const [value, derivative] = evaluate(u);
    if (value === 0) return u;
    const step = Math.max(-longestStep, Math.min(longestStep, -value / derivative));
    const next = Math.min(Math.max(u + step, lower), upper);
    if (Math.abs(next - u) <= 2e-16 * Math.max(1, Math.abs(u))) return next;
    u = next;
  }
  return u;
}
