/** Half-axes and angle of the ellipse one standard deviation from the centre of a 2 × 2 covariance, row-major. */
export function ellipseOf(covariance: ArrayLike<number>): {
  readonly major: number;
  readonly minor: number;
  readonly angle: number;
} {
  const [a, b, d] = [covariance[0]!, covariance[1]!, covariance[3]!];
  const middle = (a + d) / 2;
  const spread = Math.hypot((a - d) / 2, b);
  return {
    major: Math.sqrt(Math.max(0, middle + spread)),
    minor: Math.sqrt(Math.max(0, middle - spread)),
    angle: Math.atan2(2 * b, a - d) / 2,
  };
}
