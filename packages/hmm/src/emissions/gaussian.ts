import { covarianceOf } from "./covariance.js";
import { dirichletLogPrior } from "./dirichlet.js";
import { gaussianMaximised } from "./gaussian-maximised.js";
import { complete, logDensity, marginalOf, type Marginal } from "./marginal.js";
import {
  negligible,
  type Emission,
  type EmissionPrior,
  type GaussianParameters,
  type Statistics,
  type Track,
} from "./types.js";

/**
 * States that emit a row of numbers, each by a Gaussian or a mixture of them. Missing numbers are integrated out: of
 * a density by leaving their columns out, of the statistics by their expectation given the others.
 * Source: Maximum likelihood from incomplete data via the EM algorithm (Dempster, Laird & Rubin, 1977).
 */
export class GaussianEmission implements Emission {
  private readonly parameters: GaussianParameters;
  private readonly states: number;
  private readonly logWeights: Float64Array;
  private readonly whole: readonly Marginal[];
  private readonly marginals = new Map<string, readonly Marginal[]>();
  private readonly centred: Float64Array;
  private readonly shares: Float64Array;

  constructor(parameters: GaussianParameters, states: number) {
    this.parameters = parameters;
    this.states = states;
    this.logWeights = parameters.weights.map(Math.log);
    this.centred = new Float64Array(parameters.columns);
    this.shares = new Float64Array(parameters.components);
    this.whole = this.marginalsOf(Array.from({ length: parameters.columns }, (_, j) => j));
  }

  addLogProbs({ data }: Track, from: number, to: number, into: Float64Array, width: number): void {
    const { columns: d } = this.parameters;
    for (let t = from, at = 0; t < to; t++, at += width) {
      const marginals = this.seen(data, t * d);
      if (marginals === undefined) continue;
      for (let k = 0; k < this.states; k++)
        into[at + k] = into[at + k]! + this.logMixture(marginals, data, t * d, k);
    }
  }

  /** Expected counts [gaussians], first and second moments about the means. */
  empty(): Statistics {
    const { columns: d, means, covariance } = this.parameters;
    const isFull = covariance === "full" || covariance === "tied";
    return [
      new Float64Array(means.length / d),
      new Float64Array(means.length),
      new Float64Array(means.length * (isFull ? d : 1)),
    ];
  }

  collect(
    { data }: Track,
    { from, to }: { readonly from: number; readonly to: number },
    gamma: Float64Array,
    width: number,
    into: Statistics,
  ): void {
    const { columns: d, components } = this.parameters;
    for (let t = from, at = 0; t < to; t++, at += width) {
      const marginals = this.seen(data, t * d);
      if (marginals === undefined) continue;
      for (let k = 0; k < this.states; k++) {
        const share = gamma[at + k]!;
        if (share < negligible) continue;
        const total = components > 1 ? this.logMixture(marginals, data, t * d, k) : 0;
        for (let c = 0; c < components; c++) {
          const own = components > 1 ? share * Math.exp(this.shares[c]! - total) : share;
          if (own >= negligible) this.add(own, k * components + c, marginals, data, t * d, into);
        }
      }
    }
  }

  maximised(statistics: Statistics, prior: EmissionPrior): GaussianParameters {
    return gaussianMaximised(this.parameters, statistics, prior);
  }

  logPrior({ counts, strength, scale }: EmissionPrior): number {
    const { weights, covariance, columns: d, components } = this.parameters;
    const mixing = components > 1 ? dirichletLogPrior(weights, counts) : 0;
    if (strength === 0) return mixing;
    const own = covariance === "tied" ? this.whole.slice(0, 1) : this.whole;
    // -ρ/2 (tr(V Σ⁻¹) + log |Σ|); a row of the whitening matrix W holds its share of Σ⁻¹ = WᵀW.
    return own.reduce((sum, { inverse, constant }) => {
      let trace = 0;
      inverse.forEach((w, i) => (trace += w * w * scale[i % d]!));
      const logDeterminant = -2 * (constant + (d / 2) * Math.log(2 * Math.PI));
      return sum - (strength / 2) * (trace + logDeterminant);
    }, mixing);
  }

  /** log p of a row in one state; leaves each component's part in `shares`. */
  private logMixture(
    marginals: readonly Marginal[],
    data: Float64Array | Int32Array,
    row: number,
    k: number,
  ): number {
    const { components } = this.parameters;
    let largest = -Infinity;
    for (let c = 0; c < components; c++) {
      const g = k * components + c;
      this.centre(data, row, g);
      const value = logDensity(marginals[g]!, this.centred) + this.logWeights[g]!;
      this.shares[c] = value;
      if (value > largest) largest = value;
    }
    if (components === 1 || largest === -Infinity) return largest;
    let sum = 0;
    for (let c = 0; c < components; c++) sum += Math.exp(this.shares[c]! - largest);
    return largest + Math.log(sum);
  }

  private centre(data: Float64Array | Int32Array, row: number, g: number): void {
    const { columns: d, means } = this.parameters;
    for (let j = 0; j < d; j++) this.centred[j] = data[row + j]! - means[g * d + j]!;
  }

  private add(
    share: number,
    g: number,
    marginals: readonly Marginal[],
    data: Float64Array | Int32Array,
    row: number,
    [counts, first, second]: Statistics,
  ): void {
    const { columns: d, covariance } = this.parameters;
    const { centred } = this;
    const { missing, residual } = marginals[g]!;
    this.centre(data, row, g);
    if (missing.length > 0) complete(marginals[g]!, centred);
    counts![g] = counts![g]! + share;
    for (let j = 0; j < d; j++) first![g * d + j] = first![g * d + j]! + share * centred[j]!;
    const isFull = covariance === "full" || covariance === "tied";
    if (isFull)
      for (let i = 0, at = g * d * d; i < d; i++, at += d) {
        const scaled = share * centred[i]!;
        for (let j = 0; j <= i; j++) second![at + j] = second![at + j]! + scaled * centred[j]!;
      }
    else
      for (let j = 0; j < d; j++)
        second![g * d + j] = second![g * d + j]! + share * centred[j]! * centred[j]!;
    missing.forEach((i, a) =>
      missing.forEach((j, b) => {
        if (j > i || (!isFull && i !== j)) return;
        const place = isFull ? g * d * d + i * d + j : g * d + i;
        second![place] = second![place]! + share * residual[a * missing.length + b]!;
      }),
    );
  }

  /** The Gaussians seen through the columns that a row has; undefined when it has none. */
  private seen(data: Float64Array | Int32Array, row: number): readonly Marginal[] | undefined {
    const { columns: d } = this.parameters;
    let missing = 0;
    for (let j = 0; j < d; j++) if (Number.isNaN(data[row + j]!)) missing++;
    if (missing === 0) return this.whole;
    if (missing === d) return undefined;
    const observed = Array.from({ length: d }, (_, j) => j).filter((j) => !Number.isNaN(data[row + j]!));
    const name = observed.join();
    const known = this.marginals.get(name);
    if (known) return known;
    const made = this.marginalsOf(observed);
    this.marginals.set(name, made);
    return made;
  }

  private marginalsOf(observed: readonly number[]): readonly Marginal[] {
    const { covariance, covariances, columns: d, means } = this.parameters;
    const of = (g: number): Marginal => marginalOf(covarianceOf(covariance, covariances, d, g), d, observed);
    const gaussians = means.length / d;
    if (covariance !== "tied") return Array.from({ length: gaussians }, (_, g) => of(g));
    return new Array<Marginal>(gaussians).fill(of(0));
  }
}
