import { InputError, type NamedArray } from "@gen/core";

/** What training knows of the data: part of the state of its trainer. */
export class DataStatistics {
  /** The variance of each column in all of the data. */
  variances: Float64Array;
  /** Rows of each class, or the sum of their weights. */
  rows: Float64Array;
  /** Of each class: the means of the columns, [classes, d]. */
  means: Float64Array;
  /** Of each class: covariances of the model's type, [classes, …]. */
  covariances: Float64Array;

  constructor(classes: number, columns: number, covariances: number) {
    this.variances = new Float64Array(columns);
    this.rows = new Float64Array(classes);
    this.means = new Float64Array(classes * columns);
    this.covariances = new Float64Array(classes * covariances);
  }

  state(): ReadonlyMap<string, NamedArray> {
    return new Map(
      names.map((name) => [
        `data.${name}`,
        { dtype: "F64" as const, shape: [this[name].length], data: this[name].slice() },
      ]),
    );
  }

  /** @throws InputError when an array is missing or has the wrong size. */
  restore(state: ReadonlyMap<string, NamedArray>): void {
    const saved = names.map((name) => {
      const data = state.get(`data.${name}`)?.data;
      if (data instanceof Float64Array && data.length === this[name].length) return data.slice();
      throw new InputError(
        `The file's state of expectation maximisation has no usable "data.${name}": train from the start.`,
      );
    });
    names.forEach((name, i) => (this[name] = saved[i]!));
  }
}

const names = ["variances", "rows", "means", "covariances"] as const;
