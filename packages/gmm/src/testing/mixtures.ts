import type { Key } from "@gen/core";
import { normals64, uniforms64 } from "@gen/core/random";
import { covarianceShape, type CovarianceType, type Mixture } from "../mixture/mixture.js";

/** Some mixture, with dependent columns where its type has them. */
export function anyMixture(
  key: Key,
  type: CovarianceType,
  components: number,
  columns: number,
  spread = 1,
): Mixture {
  const raw = uniforms64(key.fold("weights"), components).map((u) => 0.2 + u);
  const total = raw.reduce((a, b) => a + b, 0);
  const size = covarianceShape(type, components, columns).reduce((a, b) => a * b, 1);
  const isMatrix = type === "full" || type === "tied";
  const covariances = isMatrix
    ? wishart(normals64(key.fold("factors"), size), columns)
    : uniforms64(key.fold("variances"), size).map((u) => 0.3 + u);
  return {
    type,
    components,
    columns,
    weights: raw.map((weight) => weight / total),
    means: normals64(key.fold("means"), components * columns).map((value) => 2 * spread * value),
    covariances: covariances.map((value) => spread * spread * value),
  };
}

/** A Aᵀ / d + 0.2 I of each d × d block. */
function wishart(factors: Float64Array, d: number): Float64Array {
  return factors.map((_, at) => {
    const [start, i, j] = [at - (at % (d * d)), Math.floor(at / d) % d, at % d];
    let sum = i === j ? 0.2 : 0;
    for (let c = 0; c < d; c++) sum += (factors[start + i * d + c]! * factors[start + j * d + c]!) / d;
    return sum;
  });
}
