import { regression } from "../mixture/conditional.js";
import { logOfObserved, type Incomplete } from "../mixture/gaps.js";
import type { Mixture } from "../mixture/mixture.js";
import { hasFullScatter, noMoments, type Moments } from "./moments.js";
import { toShares } from "./responsibilities.js";

/**
 * Moments of rows with gaps: what is missing has, in each component, the normal distribution that the observed
 * columns leave it, and first and second moments are expected ones (Supervised learning from incomplete data via an
 * EM approach, Ghahramani & Jordan, 1994). The likelihood is that of the observed columns.
 * @param weights how much each row counts, 1 where undefined
 */
export function incompleteMoments(
  mixture: Mixture,
  part: Incomplete,
  weights: Float64Array | undefined,
): Moments {
  const { components: k, columns: d, means } = mixture;
  const { observed, missing, x, places } = part;
  const shares = logOfObserved(mixture, part);
  const assigned = toShares(shares, k, weights);
  const result = noMoments(mixture);
  const full = hasFullScatter(mixture);
  const size = full ? d * d : d;
  const deviation = new Float64Array(d);
  const width = observed.length;
  for (let component = 0; component < k; component++) {
    const { coefficients, covariance } = regression(mixture, component, observed, missing);
    const mean = component * d;
    const second = result.second.subarray(component * size, (component + 1) * size);
    let count = 0;
    for (let row = 0; row < places.length; row++) {
      const share = shares[row * k + component]!;
      count += share;
      observed.forEach((j, o) => (deviation[j] = x[row * width + o]! - means[mean + j]!));
      missing.forEach((j, m) => {
        let expected = 0;
        for (let o = 0; o < width; o++) expected += coefficients[m * width + o]! * deviation[observed[o]!]!;
        deviation[j] = expected;
      });
      for (let i = 0; i < d; i++) {
        const scaled = share * deviation[i]!;
        result.first[mean + i]! += scaled;
        if (full) for (let j = 0; j <= i; j++) second[i * d + j]! += scaled * deviation[j]!;
        else second[i]! += scaled * deviation[i]!;
      }
    }
    result.counts[component] = count;
    missing.forEach((i, a) =>
      missing.forEach((j, b) => {
        const spread = count * covariance[a * missing.length + b]!;
        if (full && j <= i) second[i * d + j]! += spread;
        else if (!full && i === j) second[i]! += spread;
      }),
    );
  }
  return { ...result, ...assigned };
}
