import { logSumExp } from "@gen/core/float64";

/** log p(x) of every row, from log p(x, y). */
export const logMarginal = (joint: Float64Array, classes: number): Float64Array =>
  Float64Array.from({ length: joint.length / classes }, (_, row) =>
    logSumExp(joint.subarray(row * classes, (row + 1) * classes)),
  );

/** p(y | x) of every row, [rows, classes]; alike where all classes are impossible. */
export function posteriors(joint: Float64Array, classes: number): Float64Array {
  const marginal = logMarginal(joint, classes);
  return joint.map((value, i) => {
    const total = marginal[Math.floor(i / classes)]!;
    return total === -Infinity ? 1 / classes : Math.exp(value - total);
  });
}
