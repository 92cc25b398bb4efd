import {
  checkRows,
  InputError,
  selectSpec,
  xFields,
  yFields,
  type Capability,
  type Classifier,
  type DataSpec,
  type NamedArray,
  type Rows,
} from "@gen/core";
import { matrixProduct } from "@gen/core/backend";
import { numbers, savedNumbers } from "../optimizers/saved.js";
import { classesOf, columnsOf, featuresIn, inUnits, type Columns } from "./columns.js";
import { designOf } from "./design.js";
import { outputsOf } from "./linear-map.js";

export interface LogisticConfig {
  readonly standardise: boolean;
  readonly intercept: boolean;
}

/** More memory than any weights are worth: 512 MB. */
const mostNumbers = 2 ** 26;

/** Multinomial logistic regression: log p(y | x) = x · w_y + b_y - log Σ over classes. */
export class LogisticRegression implements Classifier {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["classifier"]);
  readonly classes: readonly string[];
  readonly columns: Columns;
  readonly config: LogisticConfig;
  readonly spec: DataSpec;
  /** [features, classes], row-major: numbers first, then levels of categories. */
  readonly weights: Float64Array;
  /** [classes]; -Infinity for a class that the data have no rows of. */
  readonly intercepts: Float64Array;

  constructor(spec: DataSpec, config: LogisticConfig, saved?: number) {
    this.spec = spec;
    this.config = config;
    const features = featuresIn(spec);
    const levels = Object.values(yFields(spec)).map((field) =>
      field.type === "category" ? field.levels : 1,
    );
    checkSize(features, Math.max(1, ...levels), saved);
    this.columns = columnsOf(spec);
    this.classes = classesOf(this.columns.label);
    const size = features * this.classes.length;
    this.weights = new Float64Array(size);
    this.intercepts = new Float64Array(this.classes.length);
  }

  /** log p(y | x), [rows, classes], in nats. @throws InputError for rows of another shape and for missing values. */
  logPosterior(x: Rows): Float64Array {
    checkRows(selectSpec(this.spec, Object.keys(xFields(this.spec))), x);
    const outputs = this.classes.length;
    const logits = outputsOf(
      designOf(this.columns, x),
      { outputs, weights: inUnits(this.weights, this.columns.units, outputs), intercepts: this.intercepts },
      matrixProduct,
    );
    for (let first = 0; first < logits.length; first += outputs) {
      const row = logits.subarray(first, first + outputs);
      const most = row.reduce((a, b) => Math.max(a, b), -Infinity);
      const total = most + Math.log(row.reduce((sum, value) => sum + Math.exp(value - most), 0));
      for (let k = 0; k < outputs; k++) row[k] = row[k]! - total;
    }
    return logits;
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    const shape = [this.columns.features, this.classes.length];
    return Promise.resolve(
      new Map([
        ["weights", numbers(this.weights, shape)],
        ["intercepts", numbers(this.intercepts)],
      ]),
    );
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    const weights = savedNumbers(state, "weights", this.weights.length);
    const intercepts = savedNumbers(state, "intercepts", this.intercepts.length);
    const usable =
      weights.every(Number.isFinite) &&
      intercepts.every((value) => value < Infinity) &&
      intercepts.some(Number.isFinite);
    if (!usable) throw new InputError("The saved weights are not all finite numbers.");
    this.weights.set(weights);
    this.intercepts.set(intercepts);
  }

  /** Nothing to free: it holds no memory of the engine. */
  [Symbol.dispose](): void {
    return;
  }
}

function checkSize(features: number, classes: number, saved = Infinity): void {
  const count = (features + 1) * classes;
  if (count > saved)
    throw new InputError(
      `Logistic regression of ${features} features and ${classes} classes has ${count} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (count <= mostNumbers) return;
  throw new InputError(
    `Logistic regression of ${features} features and ${classes} classes has ${count} parameters, more than ${mostNumbers}: leave out columns of many levels.`,
  );
}
