import { InputError, weightsOf, type DataSpec, type NamedArray, type Rows } from "@gen/core";
import { classesOf, labelOf, type Label } from "./labels.js";
import { byLabel } from "./membership.js";
import type { Counted } from "./parts/part.js";
import {
  collect,
  emptyStatistics,
  fromState,
  isPartOf,
  merge,
  toState,
  without,
  type Statistics,
} from "./statistics.js";

/** What learns classes by counting: its statistics are its state, and all else follows from them. */
export abstract class Learner<P extends Counted> {
  readonly spec: DataSpec;
  readonly label: Label;
  readonly classes: readonly string[];
  readonly parts: readonly P[];
  private counted: Statistics;

  constructor(spec: DataSpec, partsOf: (classes: readonly string[]) => readonly P[]) {
    this.spec = spec;
    this.label = labelOf(spec);
    this.classes = this.label.classes;
    this.parts = partsOf(this.classes);
    this.counted = emptyStatistics(this.parts, this.classes.length);
  }

  /** Called when the statistics are others. */
  protected abstract changed(): void;

  /** Sufficient statistics of all rows that the model has seen. Setting them is learning from those rows alone. */
  get statistics(): Statistics {
    return this.counted;
  }

  set statistics(statistics: Statistics) {
    this.counted = statistics;
    this.changed();
  }

  /**
   * Learns from more rows, as if they had been there from the start. Rows without a label are left out.
   * @throws InputError for values that a column can't have; nothing is learned then.
   */
  partialFit(x: Rows): void {
    this.statistics = this.with(x, merge);
  }

  /**
   * Forgets rows that were learned, with the weights that they had: what is left is as if they had never been there.
   * @throws InputError for rows that can't have been learned; nothing is forgotten then.
   */
  forget(x: Rows): void {
    const left = this.with(x, without);
    if (!isPartOf(left, this.statistics))
      throw new InputError(
        "Some of these rows were never learned, or with less weight: forget only what was learned, as it was learned.",
      );
    this.statistics = left;
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return Promise.resolve(toState(this.parts, this.statistics));
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    this.statistics = fromState(this.parts, this.classes.length, state);
  }

  /** Nothing to free: it holds no memory of the engine. */
  [Symbol.dispose](): void {
    return;
  }

  private with(x: Rows, change: typeof merge): Statistics {
    const members = byLabel(classesOf(this.label, x), this.classes.length, weightsOf(this.spec, x));
    return change(this.parts, this.statistics, collect(this.parts, x, members));
  }
}
