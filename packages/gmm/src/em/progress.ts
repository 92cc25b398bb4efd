import { InputError, type NamedArray } from "@gen/core";

/** How far expectation maximisation has come, class by class: the state of its trainer. */
export class Progress {
  /** The variance of each column in all of the data. */
  variances: Float64Array;
  /** Rows of each class. */
  rows: Float64Array;
  /** Mean log p(x | y) of each class at its last sweep, in nats. */
  logLikelihoods: Float64Array;
  private finished: Uint8Array;

  constructor(classes: number, columns: number) {
    this.variances = new Float64Array(columns);
    this.rows = new Float64Array(classes);
    this.logLikelihoods = new Float64Array(classes).fill(-Infinity);
    this.finished = new Uint8Array(classes);
  }

  begin(variances: Float64Array, rows: readonly number[]): void {
    this.variances = variances;
    this.rows = Float64Array.from(rows);
  }

  /** Notes a class's sweep; the class is finished when it gained less than the tolerance. */
  advance(c: number, logLikelihood: number, tolerance: number): void {
    if (Math.abs(logLikelihood - this.logLikelihoods[c]!) < tolerance) this.finished[c] = 1;
    this.logLikelihoods[c] = logLikelihood;
  }

  isFinished(c: number): boolean {
    return this.finished[c] === 1;
  }

  get allFinished(): boolean {
    return this.finished.every((flag) => flag === 1);
  }

  state(): ReadonlyMap<string, NamedArray> {
    const numbers = (data: Float64Array): NamedArray => ({
      dtype: "F64",
      shape: [data.length],
      data: data.slice(),
    });
    return new Map<string, NamedArray>([
      ["variances", numbers(this.variances)],
      ["rows", numbers(this.rows)],
      ["logLikelihoods", numbers(this.logLikelihoods)],
      ["finished", { dtype: "U8", shape: [this.finished.length], data: this.finished.slice() }],
    ]);
  }

  /** @throws InputError when an array is missing or has the wrong size. */
  restore(state: ReadonlyMap<string, NamedArray>): void {
    const numbers = (name: string, like: Float64Array): Float64Array => {
      const data = state.get(name)?.data;
      if (!(data instanceof Float64Array) || data.length !== like.length) throw missing(name);
      return data.slice();
    };
    const finished = state.get("finished")?.data;
    if (!(finished instanceof Uint8Array) || finished.length !== this.finished.length)
      throw missing("finished");
    const variances = numbers("variances", this.variances);
    const rows = numbers("rows", this.rows);
    this.logLikelihoods = numbers("logLikelihoods", this.logLikelihoods);
    [this.variances, this.rows, this.finished] = [variances, rows, finished.slice()];
  }
}

const missing = (name: string): InputError =>
  new InputError(
    `The file's state of expectation maximisation has no usable "${name}": train from the start.`,
  );
