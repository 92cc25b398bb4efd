import {
  has,
  isNumeric,
  isOrdered,
  reconstruction,
  select,
  xFields,
  type Capable,
  type DataSpec,
  type Field,
  type Rows,
} from "@gen/core";

/**
 * How much of the data a model's codes lose: the share of the variance that its reconstructions don't explain,
 * 1 - R², as the mean over the fields of x: 0 is all kept, 1 no better than the mean of these data. Categories
 * without an order count as vectors with a 1 at the level. Undefined for a model without a codec.
 */
export class Reconstruction {
  private readonly sums = new Map<string, Sums>();

  constructor(private readonly model: Capable) {}

  async add(rows: Rows): Promise<void> {
    const { model } = this;
    if (!has(model, "codec")) return;
    const names = Object.keys(xFields(model.spec)).filter((name) => Object.hasOwn(rows.columns, name));
    const x = select(rows, names);
    const again = await reconstruction(model, x);
    for (const name of names) {
      const [v, w] = [x, again].map((each) => vectors(each, name, model.spec));
      if (v === undefined || w === undefined) continue;
      const sums = this.sums.get(name) ?? new Sums(v.length / x.length);
      this.sums.set(name, sums);
      sums.add(v, w);
    }
  }

  get lost(): number | undefined {
    const shares = [...this.sums.values()].map(({ lost }) => lost);
    return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length;
  }
}

/** Sums over rows of vectors v and their reconstructions w; missing elements are left out. */
class Sums {
  private errors = 0;
  private readonly count: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;

  constructor(width: number) {
    this.count = new Float64Array(width);
    this.first = new Float64Array(width);
    this.second = new Float64Array(width);
  }

  add(v: Float64Array, w: Float64Array): void {
    const width = this.count.length;
    for (const [i, value] of v.entries()) {
      if (Number.isNaN(value)) continue;
      this.errors += (value - w[i]!) ** 2;
      this.count[i % width]!++;
      this.first[i % width]! += value;
      this.second[i % width]! += value ** 2;
    }
  }

  /** Σ |v - w|² / Σ |v - mean|². */
  get lost(): number {
    const variance = this.count.reduce(
      (sum, count, j) => (count > 0 ? sum + this.second[j]! - this.first[j]! ** 2 / count : sum),
      0,
    );
    return this.errors === 0 ? 0 : this.errors / Math.max(variance, 0);
  }
}

/** A column as vectors, row by row; undefined for text and sequences. */
function vectors({ columns }: Rows, name: string, spec: DataSpec): Float64Array | undefined {
  const field: Field | undefined = spec.fields[name];
  const data = columns[name]?.data;
  if (field === undefined || field.type === "text" || field.sequence === true || !data || !isNumeric(data))
    return undefined;
  if (field.type === "real" || isOrdered(spec, field)) return Float64Array.from(data);
  const hot = new Float64Array(data.length * field.levels);
  for (const [i, level] of data.entries()) if (level >= 0) hot[i * field.levels + level] = 1;
  return hot;
}
