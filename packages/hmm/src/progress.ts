import { InputError, type NamedArray } from "@gen/core";

/** How far expectation maximisation has come, class by class: the state of its trainer. */
export class Progress {
  /** Of each track the numbers that its prior knows, one track after another. */
  scales: readonly Float64Array[];
  /** Mean log-likelihood per step at the last sweep, in nats. */
  logLikelihoods: Float64Array;
  /** The same with the prior: what never falls. */
  objectives: Float64Array;
  /** Steps in the data. */
  steps: Float64Array;
  private finished: Uint8Array;

  constructor(classes: number, sizes: readonly number[]) {
    this.scales = sizes.map((size) => new Float64Array(size));
    this.logLikelihoods = new Float64Array(classes);
    this.objectives = new Float64Array(classes).fill(-Infinity);
    this.steps = new Float64Array(classes);
    this.finished = new Uint8Array(classes);
  }

  /** Notes a class's sweep; the class is finished when it gained less than the tolerance. */
  advance(
    c: number,
    found: { readonly logLikelihood: number; readonly objective: number; readonly steps: number },
    tolerance: number,
  ): void {
    if (Math.abs(found.objective - this.objectives[c]!) < tolerance) this.finished[c] = 1;
    this.logLikelihoods[c] = found.logLikelihood;
    this.objectives[c] = found.objective;
    this.steps[c] = found.steps;
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
      ...this.scales.map((scale, i): [string, NamedArray] => [`scales.${i}`, numbers(scale)]),
      ["logLikelihoods", numbers(this.logLikelihoods)],
      ["objectives", numbers(this.objectives)],
      ["steps", numbers(this.steps)],
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
    const scales = this.scales.map((scale, i) => numbers(`scales.${i}`, scale));
    const logLikelihoods = numbers("logLikelihoods", this.logLikelihoods);
    const objectives = numbers("objectives", this.objectives);
    this.steps = numbers("steps", this.steps);
    [this.scales, this.logLikelihoods, this.objectives] = [scales, logLikelihoods, objectives];
    this.finished = finished.slice();
  }
}

const missing = (name: string): InputError =>
  new InputError(
    `The file's state of expectation maximisation has no usable "${name}": train from the start.`,
  );
