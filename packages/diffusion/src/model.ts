import {
  column,
  conform,
  InputError,
  restoreVariables,
  variablesState,
  type Capability,
  type Capable,
  type Conditional,
  type DataSpec,
  type Key,
  type NamedArray,
  type Rows,
  type TensorFunction,
} from "@gen/core";
import { collect, disposeAll, type Variables } from "@gen/nn";
import { Denoiser } from "./denoiser.js";
import { labelOf, Labels } from "./labels.js";
import { networkOf, type NetworkConfig } from "./networks/index.js";
import { schedule, type ScheduleName } from "./schedule.js";
import { spaceOf } from "./space.js";
import type { Target } from "./targets.js";
import { always, View } from "./view.js";

export interface DiffusionConfig extends NetworkConfig {
  readonly schedule: ScheduleName;
  readonly target: Target;
}

/**
 * A diffusion model: data are noised in small steps until nothing is left of them, and a network learns the way back
 * (Denoising diffusion probabilistic models, Ho, Jain & Abbeel, 2020). With labels it learns it for each label and for
 * none.
 */
export class Diffusion extends View implements Conditional<"bound" | "denoise" | "sample"> {
  override readonly capabilities: ReadonlySet<Capability>;
  readonly absent: Readonly<Partial<Record<Capability, string>>>;
  readonly condition: DataSpec;
  readonly variables: Variables;

  /** @throws InputError for columns that it does not take and for more parameters than 2^26 or than its file holds. */
  constructor(spec: DataSpec, config: DiffusionConfig, key: Key, saved?: number) {
    const space = spaceOf(spec);
    const label = labelOf(spec);
    const network = networkOf(config, { shape: space.shape, labels: label?.levels, key, saved });
    const labels = label && new Labels(label);
    const { target } = config;
    const times = schedule(config.schedule, config.times);
    super({ spec, labels, denoiser: new Denoiser({ schedule: times, space, target, network }) });
    this.variables = collect({ network, ...(labels && { labels }) });
    this.condition = { kind: spec.kind, fields: label ? { [label.name]: spec.fields[label.name]! } : {} };
    this.capabilities = new Set<Capability>(label ? [...always, "conditional"] : always);
    this.absent = label ? {} : { conditional: "the data have no labels" };
  }

  /**
   * The model of some labels, one for all rows or one for each; a missing one (-1) is the model of all. Throws
   * `InputError` for what is no label.
   */
  given(condition: Rows): Capable<"bound" | "denoise" | "sample"> {
    const { spec, denoiser, labels } = this;
    if (labels === undefined)
      throw new InputError("This model was made for data without labels: nothing can be given.");
    const optional = { ...this.condition.fields[labels.name]!, optional: true };
    const fields = { [labels.name]: optional };
    const given = column(conform({ kind: spec.kind, fields }, condition), labels.name).data;
    if (!ArrayBuffer.isView(given) || given.length === 0)
      throw new InputError(`Give "${labels.name}" as numbers or names, for one row at least.`);
    return new View({ spec, denoiser, labels, chosen: Int32Array.from(given) });
  }

  /** A noised x, its time and, where there are labels, its label, to what the target says of it. */
  get functions(): Readonly<Record<string, TensorFunction>> {
    const { network, space, target } = this.denoiser;
    return {
      denoiser: {
        inputs: {
          x: { shape: space.shape, dtype: "float32" },
          time: { shape: [], dtype: "float32" },
          ...(this.labels && { label: { shape: [], dtype: "int32" as const } }),
        },
        outputs: [target],
        call: ({ x, time, label }) => ({ [target]: network.call(x!, time!, label) }),
      },
    };
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(this.variables);
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    restoreVariables(this.variables, state);
  }

  [Symbol.dispose](): void {
    this.denoiser[Symbol.dispose]();
    disposeAll(this.variables);
  }
}
