import {
  column,
  conform,
  InputError,
  xFields,
  yField,
  type Capability,
  type Capable,
  type Conditional,
  type DataSpec,
  type Field,
  type Joint,
  type NamedArray,
  type Rows,
} from "@gen/core";
import { matrixOf, widthOf } from "./columns.js";
import { Components, type Shares } from "./components.js";
import { GivenClass, GivenColumns } from "./given.js";
import { classNames } from "./labels.js";
import { standard, type CovarianceType } from "./mixture/mixture.js";
import { joinMixtures, splitMixtures } from "./mixture/state.js";
import { checkSize } from "./size.js";

export interface GmmConfig {
  readonly components: number;
  /** `shared` is tied across the mixtures of all classes too. */
  readonly covariance: CovarianceType | "shared";
}

/** A Gaussian mixture: with labels one mixture for each class and a prior over classes, else a single one. */
export class Gmm extends Components implements Joint, Conditional<"density" | "sample"> {
  readonly capabilities: ReadonlySet<Capability>;
  readonly absent: Readonly<Partial<Record<Capability, string>>>;
  readonly classes: readonly string[];
  readonly condition: DataSpec;
  readonly config: GmmConfig;
  /** Numbers in a row. */
  readonly columns: number;
  /** What is learned; a trainer replaces it. */
  shares: Shares;

  constructor(spec: DataSpec, config: GmmConfig, saved?: number) {
    const label = yField(spec);
    super(spec, label?.name);
    this.config = config;
    this.columns = widthOf(spec);
    this.classes = label ? classNames(label.name, label.field) : [];
    this.condition = { kind: spec.kind, fields: conditions(spec) };
    const always: Capability[] = ["density", "latent", "sample", "conditional"];
    this.capabilities = new Set(label ? [...always, "joint"] : always);
    this.absent = label ? {} : { joint: "the data have no labels" };
    const count = Math.max(1, this.classes.length);
    const type = config.covariance === "shared" ? "tied" : config.covariance;
    checkSize(count, type, config.components, this.columns, saved);
    this.shares = {
      mixtures: Array.from({ length: count }, () => standard(type, config.components, this.columns)),
      logPriors: new Float64Array(count).fill(-Math.log(count)),
      classes: Int32Array.from({ length: count }, (_, c) => c),
    };
  }

  /**
   * The mixture under what is known of one row: of one class, given by its number or its name, and of the columns that
   * have no value, given the others.
   * @throws InputError when nothing is given or everything is, and when the label is not one of the classes.
   */
  given(condition: Rows): Capable<"density" | "sample"> {
    if (condition.length !== 1) throw new InputError(`Give one row; there are ${condition.length}.`);
    const known = conform(this.condition, condition);
    const shares = this.ofClass(known);
    const x = matrixOf(this.condition, known);
    if (x.some((value) => !Number.isNaN(value))) return new GivenColumns(this.spec, this.label, shares, x);
    if (this.label !== undefined && shares !== this.shares)
      return new GivenClass(this.spec, this.label, shares);
    const names = Object.keys(this.condition.fields).map((name) => `"${name}"`);
    throw new InputError(`Nothing is given: give one row with some of ${names.join(", ")}.`);
  }

  /** The mixture of the class that is given, if one is. */
  private ofClass(known: Rows): Shares {
    if (this.label === undefined || !Object.hasOwn(known.columns, this.label)) return this.shares;
    const c = this.classesOf(known)[0]!;
    if (c < 0) return this.shares;
    return {
      mixtures: [this.shares.mixtures[c]!],
      logPriors: new Float64Array(1),
      classes: Int32Array.of(c),
    };
  }

  /** The label of each row, as an index of a mixture; -1 where it is missing. */
  classesOf(x: Rows): Int32Array {
    return this.label === undefined
      ? new Int32Array(x.length)
      : Int32Array.from(column(x, this.label).data as Int32Array);
  }

  /** The x columns as one float64 matrix, row-major; NaN where a value is missing. */
  rowsOf(x: Rows): Float64Array {
    return this.matrix(x);
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return Promise.resolve(joinMixtures(this.shares.mixtures, this.shares.logPriors));
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    this.shares = { ...this.shares, ...splitMixtures(state, this.shares.mixtures) };
  }

  /** Nothing to free: a mixture holds no memory of the engine. */
  [Symbol.dispose](): void {
    return;
  }
}

/** Whatever is known of a row may be given: some values of x, the label. */
function conditions(spec: DataSpec): Record<string, Field> {
  const label = yField(spec);
  const fields = label ? { ...xFields(spec), [label.name]: label.field } : xFields(spec);
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...field, optional: true }]),
  );
}
