import * as float64 from "@gen/core/float64";
import type { Emission, EmissionPrior, PoissonParameters, Statistics, Track } from "./types.js";

/** x log λ, which is 0 where x is. */
const xLogRate = (x: number, rate: number): number => (x === 0 ? 0 : x * Math.log(rate));

/** States that emit counts, each column by its own rate. */
export class PoissonEmission implements Emission {
  private readonly parameters: PoissonParameters;
  private readonly states: number;

  constructor(parameters: PoissonParameters, states: number) {
    this.parameters = parameters;
    this.states = states;
  }

  addLogProbs({ data }: Track, from: number, to: number, into: Float64Array, width: number): void {
    const { columns: d, rates } = this.parameters;
    for (let t = from, at = 0; t < to; t++, at += width)
      for (let j = 0; j < d; j++) {
        const x = data[t * d + j]!;
        if (Number.isNaN(x)) continue;
        const constant = float64.logGamma(x + 1);
        for (let k = 0; k < this.states; k++) {
          const rate = rates[k * d + j]!;
          into[at + k] = into[at + k]! + xLogRate(x, rate) - rate - constant;
        }
      }
  }

  /** Expected counts and sums, each [states, columns]. */
  empty(): Statistics {
    const { length } = this.parameters.rates;
    return [new Float64Array(length), new Float64Array(length)];
  }

  collect(
    { data }: Track,
    { from, to }: { readonly from: number; readonly to: number },
    gamma: Float64Array,
    width: number,
    [counts, sums]: Statistics,
  ): void {
    const { columns: d } = this.parameters;
    for (let t = from, at = 0; t < to; t++, at += width)
      for (let j = 0; j < d; j++) {
        const x = data[t * d + j]!;
        if (Number.isNaN(x)) continue;
        for (let k = 0, place = j; k < this.states; k++, place += d) {
          const share = gamma[at + k]!;
          counts![place] = counts![place]! + share;
          sums![place] = sums![place]! + share * x;
        }
      }
  }

  /** With a gamma prior that is worth `strength` steps of the column's mean. */
  maximised([counts, sums]: Statistics, { strength, scale }: EmissionPrior): PoissonParameters {
    const { columns: d, rates } = this.parameters;
    return {
      ...this.parameters,
      rates: rates.map((rate, i) => {
        const weight = counts![i]! + strength;
        return weight > 0 ? (sums![i]! + strength * scale[i % d]!) / weight : rate;
      }),
    };
  }

  logPrior({ strength, scale }: EmissionPrior): number {
    if (strength === 0) return 0;
    const { columns: d, rates } = this.parameters;
    return rates.reduce((sum, rate, i) => sum + strength * (xLogRate(scale[i % d]!, rate) - rate), 0);
  }
}
