interface Search {
  /** 1 for an increasing function, -1 for a decreasing one. */
  readonly direction: 1 | -1;
  readonly lower?: number;
  readonly upper?: number;
}

const longestStep = 4;

/**
 * The zero of a monotone concave function by Newton's method, which converges from any start because every tangent
 * lies above the function.
 *
 * `evaluate` gives the value and the derivative; a value that has underflowed to -Infinity sends the search back
 * uphill. Steps are held inside [lower, upper].
 */
export function concaveNewton(
  evaluate: (u: number) => readonly [value: number, derivative: number],
  start: number,
  { direction, lower = -Infinity, upper = Infinity }: Search,
): number {
  const inside = (u: number): number => Math.min(Math.max(u, lower), upper);
  let u = inside(start);
  let lastFinite: number | undefined;
  for (let iteration = 0; iteration < 300; iteration++) {
    const [value, derivative] = evaluate(u);
    if (Number.isNaN(value)) return NaN;
    if (value === 0) return u;
    if (value === -Infinity) {
      u = lastFinite === undefined ? inside(u + direction * longestStep) : (u + lastFinite) / 2;
      continue;
    }
    lastFinite = u;
    const step = Math.max(-longestStep, Math.min(longestStep, -value / derivative));
    u = inside(u + step);
    // The error after a step is of the order of the step's square.
    if (Math.abs(step) <= 1e-9 * Math.max(1, Math.abs(u))) return u;
  }
  return u;
}
