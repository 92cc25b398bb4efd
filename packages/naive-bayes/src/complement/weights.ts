export interface ComplementConfig {
  readonly alpha: number;
  readonly normalised: boolean;
}

/**
 * The weight of each element in each class, [classes, width]: minus the logarithm of its share of the events of all
 * other classes, smoothed, so that a high weight means rare elsewhere. Normalised they are divided by their sum.
 * Source: Tackling the poor assumptions of naive Bayes text classifiers (Rennie et al., 2003), steps 4 to 6 of table 4.
 */
export function complementWeights(
  counts: Float64Array,
  classes: number,
  { alpha, normalised }: ComplementConfig,
): Float64Array {
  const width = counts.length / classes;
  const all = new Float64Array(width);
  for (let i = 0; i < counts.length; i++) all[i % width]! += counts[i]!;
  const weights = new Float64Array(counts.length);
  for (let c = 0; c < classes; c++) {
    const own = weights.subarray(c * width, (c + 1) * width);
    for (let j = 0; j < width; j++) own[j] = Math.max(0, all[j]! - counts[c * width + j]!) + alpha;
    const sum = own.reduce((a, b) => a + b, 0);
    for (let j = 0; j < width; j++) own[j] = sum > 0 ? -Math.log(own[j]! / sum) : Math.log(width);
    if (!normalised) continue;
    const total = own.reduce((a, b) => a + b, 0);
    for (let j = 0; j < width; j++) own[j] = total > 0 ? own[j]! / total : 0;
  }
  return weights;
}
