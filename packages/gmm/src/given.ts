import { InputError, type Capability, type DataSpec, type Rows } from "@gen/core";
import { matrixOf } from "./columns.js";
import { Components, type Normals, type Shares } from "./components.js";
import { conditional, marginal } from "./mixture/conditional.js";
import { logSumRows, logWeightedDensities } from "./mixture/gaussian.js";

/** The mixture of one class. */
export class GivenClass extends Components {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "latent", "sample"]);
  protected readonly shares: Shares;

  constructor(spec: DataSpec, label: string, shares: Shares) {
    super(spec, label);
    this.shares = shares;
  }
}

/**
 * The mixture of the other columns where some have known values, by conditioning in closed form. Its density is that of
 * the other columns; its samples are whole rows.
 */
export class GivenColumns extends Components {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "sample"]);
  protected readonly shares: Shares;
  private readonly known: Float64Array;
  private readonly rest: readonly number[];

  /**
   * @param known one row, NaN where a value is not given
   * @throws InputError when every value is given.
   */
  constructor(spec: DataSpec, label: string | undefined, shares: Shares, known: Float64Array) {
    super(spec, label);
    this.known = known;
    const columns = Array.from(known, (_, j) => j);
    const given = columns.filter((j) => !Number.isNaN(known[j]));
    this.rest = columns.filter((j) => Number.isNaN(known[j]));
    const values = given.map((j) => known[j]!);
    const logPriors = shares.logPriors.map((prior, c) => {
      const own = marginal(shares.mixtures[c]!, given);
      return prior + logSumRows(logWeightedDensities(own, Float64Array.from(values)), own.components)[0]!;
    });
    const total = logSumRows(logPriors, logPriors.length)[0]!;
    this.shares = {
      ...shares,
      mixtures: shares.mixtures.map((mixture) => conditional(mixture, given, values)),
      logPriors: total === -Infinity ? shares.logPriors : logPriors.map((value) => value - total),
    };
  }

  protected override matrix(x: Rows): Float64Array {
    const d = this.known.length;
    const all = matrixOf(this.spec, x);
    for (let i = 0; i < all.length; i++) {
      const known = this.known[i % d]!;
      // Samples are float32.
      if (!Number.isNaN(known) && !Number.isNaN(all[i]) && Math.fround(all[i]!) !== Math.fround(known))
        throw new InputError(
          `Row ${Math.floor(i / d) + 1} has ${all[i]!} where ${known} was given: give rows with that value, or without.`,
        );
    }
    const { rest } = this;
    return Float64Array.from({ length: x.length * rest.length }, (_, i) => {
      return all[Math.floor(i / rest.length) * d + rest[i % rest.length]!]!;
    });
  }

  /** Of whole rows: given values have no spread. */
  protected override normals(): Normals {
    const { means, scales } = super.normals();
    const { known, rest } = this;
    const [d, n] = [known.length, rest.length];
    const count = means.length / n;
    const place = new Map(rest.map((column, i) => [column, i]));
    return {
      columns: d,
      means: Array.from({ length: count * d }, (_, i) => {
        const at = place.get(i % d);
        return at === undefined ? known[i % d]! : means[Math.floor(i / d) * n + at]!;
      }),
      scales: Array.from({ length: count * d * d }, (_, i) => {
        const [row, column] = [place.get(Math.floor(i / d) % d), place.get(i % d)];
        return row === undefined || column === undefined
          ? 0
          : scales[Math.floor(i / (d * d)) * n * n + row * n + column]!;
      }),
    };
  }
}
