import * as float64 from "@gen/core/float64";
import { InputError } from "@gen/core/manifest";
import { logSumRows, logWeightedDensities } from "./gaussian.js";
import { covarianceOf, type Mixture } from "./mixture.js";

/**
 * The mixture of some columns, the others integrated out; of the same covariance type.
 * @param columns in the order that is wanted
 * @throws InputError when there is none, or one is no column or named twice.
 */
export function marginal(mixture: Mixture, columns: readonly number[]): Mixture {
  checkColumns(mixture, columns);
  if (columns.length === 0) throw new InputError("A mixture of no columns has no density: name one or more.");
  const { type, components: k, columns: d, means, covariances } = mixture;
  const n = columns.length;
  const pickMeans = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: k * n }, (_, i) => values[Math.floor(i / n) * d + columns[i % n]!]!);
  const block = (matrix: Float64Array): number[] =>
    columns.flatMap((i) => columns.map((j) => matrix[i * d + j]!));
  const picked = {
    full: () =>
      Float64Array.from(Array.from({ length: k }, (_, c) => block(covarianceOf(mixture, c))).flat()),
    tied: () => Float64Array.from(block(covariances)),
    diagonal: () => pickMeans(covariances),
    spherical: () => covariances.slice(),
  };
  return { ...mixture, columns: n, means: pickMeans(means), covariances: picked[type]() };
}

/** How some columns of one component follow from others. */
export interface Regression {
  /** Σ_mo Σ_oo⁻¹, [missing, observed]. */
  readonly coefficients: Float64Array;
  /** The Schur complement Σ_mm - Σ_mo Σ_oo⁻¹ Σ_om, [missing, missing]. */
  readonly covariance: Float64Array;
}

/** @throws InputError when the observed columns' covariance is not positive definite. */
export function regression(
  mixture: Mixture,
  component: number,
  observed: readonly number[],
  missing: readonly number[],
): Regression {
  const { columns: d } = mixture;
  const sigma = covarianceOf(mixture, component);
  const block = (rows: readonly number[], columns: readonly number[]): Float64Array =>
    Float64Array.from(rows.flatMap((i) => columns.map((j) => sigma[i * d + j]!)));
  const covariance = block(missing, missing);
  const [o, m] = [observed.length, missing.length];
  if (o === 0) return { coefficients: new Float64Array(), covariance };
  const factor = float64.cholesky(block(observed, observed), o);
  if (!factor)
    throw new InputError(
      `The covariance of component ${component} is not positive definite: raise regularization or use fewer components.`,
    );
  // L⁻¹ Σ_om gives both: its square is what the observed columns explain.
  const half = float64.solveLower(factor, o, block(observed, missing));
  const solved = float64.solveLowerTransposed(factor, o, half);
  const coefficients = new Float64Array(m * o);
  for (let i = 0; i < m; i++) for (let j = 0; j < o; j++) coefficients[i * o + j] = solved[j * m + i]!;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      for (let r = 0; r < o; r++) covariance[i * m + j]! -= half[r * m + i]! * half[r * m + j]!;
  return { coefficients, covariance };
}

/**
 * The mixture of the columns that are not given, under the values of those that are: weights by how well each
 * component explains the values, means by regression on them, covariances by the Schur complement; of the same type.
 * @throws InputError when all columns are given, one is no column, or values and columns differ in number.
 */
export function conditional(mixture: Mixture, given: readonly number[], values: ArrayLike<number>): Mixture {
  checkColumns(mixture, given);
  const { type, components: k, columns: d, means, covariances } = mixture;
  const rest = Array.from({ length: d }, (_, j) => j).filter((j) => !given.includes(j));
  if (rest.length === 0)
    throw new InputError(`All ${d} columns are given: leave out those whose distribution is wanted.`);
  if (values.length !== given.length)
    throw new InputError(
      `${given.length} columns are given with ${values.length} values: give one for each.`,
    );
  if (given.length === 0) return mixture;
  const explained = logWeightedDensities(marginal(mixture, given), Float64Array.from(values));
  const total = logSumRows(explained, k)[0]!;
  const n = rest.length;
  const newMeans = new Float64Array(k * n);
  const full: number[] = [];
  for (let component = 0; component < k; component++) {
    const { coefficients, covariance } = regression(mixture, component, given, rest);
    rest.forEach((j, i) => {
      let mean = means[component * d + j]!;
      given.forEach(
        (column, g) =>
          (mean += coefficients[i * given.length + g]! * (values[g]! - means[component * d + column]!)),
      );
      newMeans[component * n + i] = mean;
    });
    if (type === "full" || (type === "tied" && component === 0)) full.push(...covariance);
  }
  return {
    ...mixture,
    columns: n,
    weights: explained.map((value) => (total === -Infinity ? 1 / k : Math.exp(value - total))),
    means: newMeans,
    covariances:
      type === "spherical"
        ? covariances.slice()
        : type === "diagonal"
          ? marginal(mixture, rest).covariances
          : Float64Array.from(full),
  };
}

function checkColumns({ columns: d }: Mixture, columns: readonly number[]): void {
  columns.forEach((column, i) => {
    if (!Number.isInteger(column) || column < 0 || column >= d)
      throw new InputError(`There is no column ${column}: the mixture has columns 0 to ${d - 1}.`);
    if (columns.indexOf(column) !== i) throw new InputError(`Column ${column} is named twice.`);
  });
}
