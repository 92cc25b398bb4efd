import { matrixProduct, multipliesNatively } from "@gen/core/backend";
import type { Mixture } from "../mixture/mixture.js";
import { eStep } from "./e-step.js";
import { hasFullScatter, noMoments, type Moments } from "./moments.js";
import type { QuadraticFeatures } from "./quadratic-features.js";
import { quadraticForm, type QuadraticForm } from "./quadratic-form.js";
import { prepare, type Prepared } from "./prepared.js";
import { toShares } from "./responsibilities.js";

/** Beyond this the features' sums would lose more than four of float64's digits. */
const largestMagnitude = 1e6;

/**
 * The E step (Maximum likelihood from incomplete data via the EM algorithm, Dempster, Laird & Rubin, 1977):
 * responsibilities p(component | x) under the mixture, and the moments that they weigh.
 *
 * Of complete rows it is two matrix products with features that are quadratic in the row, at native speed where the
 * back end in use multiplies float64 matrices; where covariances are so narrow that these would cancel, distances are
 * summed row by row. Missing values are integrated out.
 *
 * @param x row-major rows, prepared once where several steps follow
 * @throws InputError when a covariance is not positive definite.
 */
export function expectation(mixture: Mixture, x: Float64Array | Prepared): Moments {
  const data = x instanceof Float64Array ? prepare(x, mixture.columns) : x;
  return eStep(mixture, data, multipliesNatively() ? byProducts : undefined);
}

/** Moments of complete rows by native matrix products; undefined where too many digits would cancel. */
export function byProducts(mixture: Mixture, data: Prepared): Moments | undefined {
  const features = data.features(hasFullScatter(mixture));
  if (features === undefined) return undefined;
  const form = quadraticForm(mixture, features);
  if (form.magnitude > largestMagnitude) return undefined;
  return byFeatures(mixture, features, form, data.weights);
}

function byFeatures(
  mixture: Mixture,
  features: QuadraticFeatures,
  { coefficients }: QuadraticForm,
  weights: Float64Array | undefined,
): Moments {
  const { components: k } = mixture;
  const { width } = features;
  const sums = new Float64Array(k * width);
  const total = { rows: 0, logLikelihood: 0, negentropy: 0 };
  for (const { start, rows, values } of features.blocks()) {
    const shares = matrixProduct(values, coefficients, { rows, inner: width, columns: k, transposeB: true });
    const assigned = toShares(shares, k, weights?.subarray(start, start + rows));
    total.rows += assigned.rows;
    total.logLikelihood += assigned.logLikelihood;
    total.negentropy += assigned.negentropy;
    const block = matrixProduct(shares, values, { rows: k, inner: rows, columns: width, transposeA: true });
    for (let i = 0; i < sums.length; i++) sums[i]! += block[i]!;
  }
  return { ...aboutMeans(mixture, features, sums), ...total };
}

/** Moments about the mixture's means from sums of features. */
function aboutMeans(mixture: Mixture, features: QuadraticFeatures, sums: Float64Array): Moments {
  const { components: k, columns: d, means } = mixture;
  const { width, centre, scale, isFull } = features;
  const result = noMoments(mixture);
  const { counts, first, second } = result;
  const linear = width - d - 1;
  const mean = new Float64Array(d);
  for (let component = 0; component < k; component++) {
    const own = sums.subarray(component * width, (component + 1) * width);
    const count = own[width - 1]!;
    counts[component] = count;
    for (let j = 0; j < d; j++) {
      mean[j] = (means[component * d + j]! - centre[j]!) / scale[j]!;
      first[component * d + j] = scale[j]! * (own[linear + j]! - count * mean[j]!);
    }
    const about = (product: number, i: number, j: number): number =>
      scale[i]! *
      scale[j]! *
      (product - mean[i]! * own[linear + j]! - mean[j]! * own[linear + i]! + count * mean[i]! * mean[j]!);
    for (let i = 0, place = 0; i < d; i++)
      if (!isFull) second[component * d + i] = about(own[place++]!, i, i);
      else for (let j = i; j < d; j++) second[(component * d + j) * d + i] = about(own[place++]!, i, j);
  }
  return result;
}
