import { InputError } from "@gen/core";
import { Lbfgs, OwlQn, type Minimiser, type Progress } from "../optimizers/index.js";
import { dot } from "../optimizers/vectors.js";
import { classWeightsOf } from "./class-weights.js";
import { inUnits } from "./columns.js";
import type { Evaluation, Lesson, Relative } from "./evaluate.js";
import type { LogisticRegression } from "./model.js";
import type { Moments } from "./moments.js";

export interface LogisticTraining {
  readonly C: number;
  readonly l1Ratio: number;
  readonly classWeights: string;
  readonly tolerance: number;
  readonly memory: number;
}

/**
 * What is minimised: Σ weight · loss + ((1 - r) ‖w‖² / 2 + r ‖w‖₁) / C, scikit-learn's objective divided by C, over one
 * column of weights for each class that has rows; of two such classes over one column, for the second. "Standardise"
 * multiplies each weight in the penalty by its column's deviation. Numbers are centred meanwhile, which changes
 * intercepts only, and the optimizer is told the columns' scales.
 */
export class Problem {
  readonly minimiser: Minimiser;
  private readonly model: LogisticRegression;
  private readonly moments: Moments;
  /** The class of each output. */
  private readonly present: Int32Array;
  private readonly hasReference: boolean;
  private readonly outputs: number;
  private readonly classWeights: Float64Array;
  private readonly total: number;
  /** What numbers are minus where intercepts make up for it: their means. */
  private readonly means: Float64Array;
  /** What each number then counts as: nothing where that leaves nothing of it. */
  private readonly units: Float64Array;
  /** As the moments', in units. */
  private readonly squares: Float64Array;
  /** What the square of a feature's weights costs. */
  private readonly ridge: Float64Array;

  constructor(model: LogisticRegression, moments: Moments, training: LogisticTraining) {
    const { C, l1Ratio, tolerance, memory } = training;
    this.model = model;
    this.moments = moments;
    this.classWeights = classWeightsOf(training.classWeights, model.classes, moments.weights);
    this.present = Int32Array.from(model.classes.keys()).filter((c) => moments.weights[c]! > 0);
    if (this.present.length === 0)
      throw new InputError("No row has a label and a weight above 0: there is nothing to learn from.");
    this.hasReference = this.present.length <= 2;
    this.outputs = this.present.length - (this.hasReference ? 1 : 0);
    this.total = dot(moments.weights, this.classWeights);
    const { means, squares } = moments;
    const { units } = model.columns;
    this.means = model.config.intercept ? means : new Float64Array(0);
    this.units = units.map((unit, j) => (j < this.means.length && squares[j] === 0 ? 0 : unit));
    this.squares = squares.map((square, j) => square * (units[j] ?? 1) ** 2);
    const scales = this.scales();
    this.ridge = scales.map((scale) => ((1 - l1Ratio) / C) * scale ** 2);
    const diagonal = this.diagonal();
    const options = { start: diagonal.map(() => 0), memory, tolerance: tolerance * this.total, diagonal };
    const absolute = diagonal.map((_, i) => (l1Ratio / C) * (scales[Math.floor(i / this.outputs)] ?? 0));
    this.minimiser = l1Ratio > 0 ? new OwlQn({ ...options, absolute }) : new Lbfgs(options);
  }

  private get penalised(): number {
    return this.model.columns.features * this.outputs;
  }

  /** By what a feature's weights are multiplied in the penalty. */
  private scales(): Float64Array {
    const { total } = this.moments;
    const isNumber = (j: number): boolean => j < this.units.length;
    return this.squares.map((square, j) =>
      this.model.config.standardise && isNumber(j) ? Math.sqrt(square / total) : 1,
    );
  }

  /** The Hessian's diagonal where all classes are as likely; 1 of a column without spread, which has no say. */
  private diagonal(): Float64Array {
    const { outputs, squares } = this;
    const p = 1 / Math.max(2, this.present.length);
    const { total } = this.moments;
    const share = (p * (1 - p) * this.total) / total;
    const size = this.penalised + (this.model.config.intercept ? outputs : 0);
    return Float64Array.from({ length: size }, (_, i) => {
      const j = Math.floor(i / outputs);
      return (j < squares.length ? share * squares[j]! + this.ridge[j]! : share * total) || 1;
    });
  }

  /**
   * Rows as they are to be evaluated: labels as outputs, weights with the classes', and dense numbers minus their
   * means, in place.
   */
  prepared({ design, labels, weights }: Lesson): Lesson {
    const { means } = this;
    const x = design.dense;
    const d = means.length;
    if (d > 0) for (let at = 0; at < x.length; at += d) for (let j = 0; j < d; j++) x[at + j]! -= means[j]!;
    const output = new Int32Array(this.model.classes.length).fill(-1);
    this.present.forEach((c, i) => (output[c] = this.hasReference ? i - 1 : i));
    return {
      design,
      labels: labels.map((label) => (label < 0 ? -1 : output[label]!)),
      weights: weights.map((weight, row) => (weight === 0 ? 0 : weight * this.classWeights[labels[row]!]!)),
    };
  }

  /** The map that is to be evaluated next. */
  get linear(): Relative {
    const { trial } = this.minimiser;
    const { outputs, hasReference, means } = this;
    const intercepts = new Float64Array(outputs);
    intercepts.set(trial.subarray(this.penalised));
    const weights = inUnits(trial.subarray(0, this.penalised), this.units, outputs);
    return { outputs, hasReference, weights, intercepts, means };
  }

  /** Takes the evaluation at `linear`, and writes what was found to the model. */
  advance({ loss, gradient }: Evaluation): Progress {
    const { trial } = this.minimiser;
    const all = inUnits(gradient.subarray(0, trial.length), this.units, this.outputs);
    let squares = 0;
    for (let i = 0; i < this.penalised; i++) {
      const ridge = this.ridge[Math.floor(i / this.outputs)]!;
      squares += ridge * trial[i]! ** 2;
      all[i]! += ridge * trial[i]!;
    }
    const progress = this.minimiser.advance(loss + squares / 2, all);
    if (progress === "accepted" || progress === "converged") this.write();
    return progress;
  }

  /** The largest derivative of the mean loss. */
  get slope(): number {
    return this.minimiser.slope / this.total;
  }

  /** The sum of all rows' weights. */
  get weight(): number {
    return this.total;
  }

  private write(): void {
    const { model, means, outputs, present } = this;
    const { point } = this.minimiser;
    const k = model.classes.length;
    model.weights.fill(0);
    model.intercepts.fill(-Infinity);
    present.forEach((c, i) => {
      const o = this.hasReference ? i - 1 : i;
      let intercept = o < 0 ? 0 : (point[this.penalised + o] ?? 0);
      for (let j = 0; o >= 0 && j < model.columns.features; j++) {
        const weight = point[j * outputs + o]!;
        model.weights[j * k + c] = weight;
        if (j < means.length) intercept -= means[j]! * this.units[j]! * weight;
      }
      model.intercepts[c] = intercept;
    });
  }
}
