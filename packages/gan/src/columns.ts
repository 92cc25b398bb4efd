import { concat, reshape, slice, type Tensor } from "@tensorflow/tfjs-core";
import { InputError, tensor, xFields, type DataSpec, type Rows } from "@gen/core";
import type { Layout } from "./networks.js";

interface Part {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
}

/** The columns of a row one after another, as one vector: [rows, width]. */
export class Columns implements Layout {
  readonly width: number;
  private readonly parts: readonly Part[];

  /** @throws InputError for a column that is not of numbers, as many in every row. */
  constructor(spec: DataSpec) {
    this.parts = Object.entries(xFields(spec)).map(([name, field]) => {
      if (field.type !== "real")
        throw new InputError(
          `The column "${name}" is of ${field.type === "text" ? "text" : "categories"}, and a generator makes numbers: leave it out, or encode it as numbers.`,
        );
      if (field.sequence === true)
        throw new InputError(
          `The column "${name}" has rows of unequal length: leave it out, or cut and pad it.`,
        );
      if (field.optional === true)
        throw new InputError(`The column "${name}" may have gaps: fill them in, or leave it out.`);
      return { name, shape: field.shape, size: field.shape.reduce((a, b) => a * b, 1) };
    });
    this.width = this.parts.reduce((sum, { size }) => sum + size, 0);
  }

  input(x: Rows): Tensor {
    return concat(
      this.parts.map(({ name, size }) => reshape(tensor(x, name), [x.length, size])),
      1,
    );
  }

  output(x: Tensor): Record<string, Tensor> {
    let from = 0;
    const columns = this.parts.map(({ name, shape, size }) => {
      const part = reshape(slice(x, [0, from], [-1, size]), [x.shape[0], ...shape]);
      from += size;
      return [name, part] as const;
    });
    return Object.fromEntries(columns);
  }
}
