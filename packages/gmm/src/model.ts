import {
  column,
  conform,
  InputError,
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
import { widthOf } from "./columns.js";
import { Components, type Shares } from "./components.js";
import { covarianceShape, standard, type CovarianceType } from "./mixture/mixture.js";
import { joinMixtures, splitMixtures } from "./mixture/state.js";

export interface GmmConfig {
  readonly components: number;
  readonly covariance: CovarianceType;
}

/** A Gaussian mixture: with labels one mixture for each class and a prior over classes, else a single one. */
export class Gmm extends Components implements Joint, Conditional<"density" | "latent" | "sample"> {
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
    this.classes = label ? namesOf(label.name, label.field) : [];
    this.condition = { kind: spec.kind, fields: label ? { [label.name]: label.field } : {} };
    const always: Capability[] = ["density", "latent", "sample"];
    this.capabilities = new Set(label ? [...always, "joint", "conditional"] : always);
    this.absent = label ? {} : { joint: "the data have no labels", conditional: "the data have no labels" };
    const count = Math.max(1, this.classes.length);
    checkSize(count, config, this.columns, saved);
    this.shares = {
      mixtures: Array.from({ length: count }, () =>
        standard(config.covariance, config.components, this.columns),
      ),
      logPriors: new Float64Array(count).fill(-Math.log(count)),
      classes: Int32Array.from({ length: count }, (_, c) => c),
    };
  }

  /** The mixture of one class, given by its number or its name. @throws InputError when the label is not one of the classes. */
  given(condition: Rows): Capable<"density" | "latent" | "sample"> {
    if (this.label === undefined)
      throw new InputError("This mixture was fitted without labels: nothing can be given.");
    const c = this.classesOf(conform(this.condition, condition))[0];
    if (condition.length !== 1 || c === undefined || c < 0)
      throw new InputError(`Give one row whose "${this.label}" is one of: ${this.classes.join(", ")}.`);
    return new GivenClass(this.spec, this.label, {
      mixtures: [this.shares.mixtures[c]!],
      logPriors: new Float64Array(1),
      classes: Int32Array.of(c),
    });
  }

  /** The label of each row, as an index of a mixture; -1 where it is missing. */
  classesOf(x: Rows): Int32Array {
    return this.label === undefined
      ? new Int32Array(x.length)
      : Int32Array.from(column(x, this.label).data as Int32Array);
  }

  /** The x columns as one float64 matrix, row-major. */
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

class GivenClass extends Components {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["density", "latent", "sample"]);
  protected readonly shares: Shares;

  constructor(spec: DataSpec, label: string, shares: Shares) {
    super(spec, label);
    this.shares = shares;
  }
}

/** More memory than any mixture is worth: 512 MB. */
const mostNumbers = 2 ** 26;

function checkSize(
  classes: number,
  { components, covariance }: GmmConfig,
  columns: number,
  saved = Infinity,
): void {
  const own = covarianceShape(covariance, components, columns).reduce((a, b) => a * b, 1);
  const numbers = classes * (own + components * (columns + 1));
  if (numbers > saved)
    throw new InputError(
      `A mixture of ${components} components over ${columns} columns has ${numbers} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (numbers <= mostNumbers) return;
  throw new InputError(
    `A mixture of ${components} components over ${columns} columns has ${numbers} parameters, more than ${mostNumbers}: use fewer components or columns, or a diagonal covariance.`,
  );
}

function namesOf(name: string, field: Field): readonly string[] {
  if (field.type !== "category")
    throw new InputError(
      `The label "${name}" is not a category: a mixture can have labels of a few names only.`,
    );
  return field.names ?? Array.from({ length: field.levels }, (_, i) => String(i));
}
