interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The Gauss-Legendre rule of `count` nodes on [-1, 1]: exact for polynomials up to degree 2 count - 1. Nodes are the
 * roots of the Legendre polynomial P, by Newton's method; weights are 2 / ((1 - x^2) P'(x)^2).
 *
 * Source: Handbook of mathematical functions (M. Abramowitz and I. A. Stegun, 1964), 25.4.29.
 */
export function gaussLegendre(count: number): Rule {
  const rule = Array.from({ length: count }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 10; step++) {
      let [before, value] = [0, 1];
      for (let k = 1; k <= count; k++)
        [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (count * (before - x * value)) / (1 - x * x);
      x -= value / slope;
    }
    return { node: x, weight: 2 / ((1 - x * x) * slope * slope) };
  });
  return { nodes: rule.map(({ node }) => node), weights: rule.map(({ weight }) => weight) };
}
