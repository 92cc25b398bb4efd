import {
  add,
  cast,
  equal,
  fill,
  less,
  sum,
  tensor as makeTensor,
  tidy,
  variable,
  where,
  zeros,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  Categorical,
  column,
  InputError,
  tensor,
  yField,
  type Column,
  type DataSpec,
  type Key,
  type Rows,
} from "@gen/core";
import { uniform } from "@gen/core/random";
import { oneHot, type Variables } from "@gen/nn";

/** The one column of labels, how often each was seen, and the symbol that stands for none. */
export class Labels {
  /** How often each label was seen in training: p(y) of samples without a condition. */
  private readonly counts: Variable;

  readonly name: string;
  /** How many labels there are; this number itself stands for none. */
  readonly levels: number;

  constructor({ name, levels }: { readonly name: string; readonly levels: number }) {
    this.name = name;
    this.levels = levels;
    this.counts = tidy(() => variable(zeros([levels]), false));
  }

  get variables(): Variables {
    return { counts: this.counts };
  }

  /** int32 [rows], a missing label (-1) as none. Throws `InputError` without the column. */
  of(x: Rows): Tensor {
    return tidy(() => {
      const labels = cast(tensor(column(x, this.name)), "int32");
      return where(less(labels, 0), this.none(labels.shape[0]), labels);
    });
  }

  /** Given labels for so many rows. Throws `InputError` unless there is one for all or one for each. */
  repeated(given: Int32Array, rows: number): Tensor {
    if (given.length !== 1 && given.length !== rows)
      throw new InputError(`There are ${given.length} labels for ${rows} rows; give one, or one for each.`);
    const labels = given.map((label) => (label < 0 ? this.levels : label));
    return makeTensor(given.length === 1 ? new Int32Array(rows).fill(labels[0]!) : labels);
  }

  /** As a column of the data, none as missing. */
  column(labels: Tensor): Column {
    const missing = (): Tensor => fill(labels.shape, -1, "int32");
    return { data: tidy(() => where(equal(labels, this.levels), missing(), labels)), shape: [] };
  }

  /** Labels of which a share is taken away by chance. */
  dropped(labels: Tensor, share: number, key: Key): Tensor {
    return tidy(() => where(less(uniform(key, labels.shape), share), this.none(labels.shape[0]), labels));
  }

  none(rows: number): Tensor {
    return fill([rows], this.levels, "int32");
  }

  /** Labels drawn as often as they were seen; all alike before training. */
  drawn(key: Key, count: number): Tensor {
    return tidy(() => {
      const unseen = cast(equal(sum(this.counts), 0), "float32");
      return cast(new Categorical({ probs: add(this.counts, unseen) }).sample(key, [count]), "int32");
    });
  }

  /** The counts after some more labels, which a step of training stores. */
  counted(labels: Tensor): readonly [Variable, Tensor] {
    // One-hot of none is all zero.
    return [this.counts, tidy(() => add(this.counts, sum(oneHot(labels, this.levels), 0)))];
  }
}

/** The one label of a specification, if it has any. Throws `InputError` for one that is not a single category. */
export function labelOf(spec: DataSpec): { readonly name: string; readonly levels: number } | undefined {
  const label = yField(spec);
  if (label === undefined) return undefined;
  const { name, field } = label;
  if (field.type === "category" && field.shape.length === 0 && field.sequence !== true)
    return { name, levels: field.levels };
  throw new InputError(`The label "${name}" is not one category per row: leave it out, or make it one.`);
}
