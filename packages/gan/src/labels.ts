import type { Tensor } from "@tensorflow/tfjs-core";
import { column, conform, InputError, tensor, yField, type DataSpec, type Rows } from "@gen/core";
import { oneHot } from "@gen/nn";

/** The classes of labelled data: the one field of role y. */
export class Labels {
  private constructor(
    readonly name: string,
    readonly classes: readonly string[],
    readonly condition: DataSpec,
  ) {}

  /** Undefined where the data have no labels. @throws InputError for labels that are not one category in every row. */
  static of(spec: DataSpec): Labels | undefined {
    const label = yField(spec);
    if (!label) return undefined;
    const { name, field } = label;
    if (field.type !== "category" || field.shape.length > 0 || field.sequence === true)
      throw new InputError(
        `The label "${name}" is not one category for each row: a generator can be told a class only.`,
      );
    if (field.optional === true)
      throw new InputError(
        `The label "${name}" may be missing in some rows: leave those rows or the label out.`,
      );
    const names = field.names ?? Array.from({ length: field.levels }, (_, i) => String(i));
    return new Labels(name, names, { kind: spec.kind, fields: { [name]: field } });
  }

  /** One-hot classes of rows, [rows, classes] float32. */
  oneHot(x: Rows): Tensor {
    return oneHot(tensor(x, this.name), this.classes.length);
  }

  /** The classes that are given, by number or by name. @throws InputError for others. */
  given(condition: Rows): Int32Array {
    const { data } = column(conform(this.condition, condition), this.name);
    const classes = Int32Array.from(data as Int32Array);
    if (classes.length > 0 && classes.every((each) => each >= 0 && each < this.classes.length))
      return classes;
    throw new InputError(`Give rows whose "${this.name}" is one of: ${this.classes.join(", ")}.`);
  }
}
