import type { Tensor } from "@tensorflow/tfjs-core";
import type { Border, Capability, CapabilityDefinition, Capable } from "../capabilities/types.js";
import type { DataKind, DataSpec, Dataset, Encoding } from "../data/types.js";
import type { Key } from "../random/types.js";
import type { Stateful, Trainer } from "../training/types.js";
import type { Json, Shape } from "../types.js";
import type { Of, Schema } from "./schema.js";

export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** Everything about a plugin that is known without running it: plain data, no TensorFlow.js behind it. */
export interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly summary: Text;
  /** What every instance can do: the static type. */
  readonly capabilities: readonly Capability[];
  /** What an instance can do depending on data or configuration, with the condition in words. */
  readonly sometimes?: Readonly<Partial<Record<Capability, string>>>;
  /** The kinds of data it takes, the default first; whether labels (role y) and weights are used, and x may have gaps. */
  readonly data: readonly {
    readonly kind: DataKind;
    readonly y: "none" | "optional" | "required";
    readonly weights?: true;
    readonly gaps?: true;
  }[];
  readonly model: Schema;
  readonly training: Schema;
  readonly sampling: Schema;
  /** Training steps and rows per step that suit most data. */
  readonly budget: { readonly steps: number; readonly batch: number };
  readonly presets?: Readonly<
    Record<
      string,
      { readonly model?: Readonly<Record<string, Json>>; readonly training?: Readonly<Record<string, Json>> }
    >
  >;
  readonly references: readonly string[];
  /** Conformance checks that are known to fail, by id, with the reason. */
  readonly exceptions?: Readonly<Record<string, string>>;
}

/**
 * A function of tensors that is of use outside of this library: a decoder, a denoiser, a language model. All tensors
 * have rows along their first axis; shapes are one row's.
 */
export interface TensorFunction {
  readonly inputs: Readonly<Record<string, { readonly shape: Shape; readonly dtype: "float32" | "int32" }>>;
  readonly outputs: readonly string[];
  call(inputs: Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>>;
}

/** A model in its own space: owns its state. */
export type Model<C extends Capability = never> = Capable<C> &
  Stateful &
  Disposable & {
    /** What can be exported, by name; in the model's own space. */
    readonly functions?: Readonly<Record<string, TensorFunction>>;
  };

export interface InspectionMap {
  ellipses: { readonly mean: Float64Array; readonly covariance: Float64Array; readonly weight: number }[];
  trellis: { readonly transition: Float64Array; readonly states: readonly string[] };
  table: { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] };
}
/** A standing picture of what a model has learned, for views that know its kind. */
export type Inspection = {
  [K in keyof InspectionMap]: { readonly view: K; readonly value: InspectionMap[K] };
}[keyof InspectionMap];

/** A family of models. N is the family's class, in its own space. */
export interface Plugin<M extends Manifest = Manifest, N extends Model = Model> {
  readonly manifest: M;
  /** The map from the data's space to the family's, fitted on the training data. */
  encoding?(data: Dataset, config: Of<M["model"]>): Encoding | Promise<Encoding>;
  /** Revives an encoding that only this plugin knows. */
  revive?(json: Json): Encoding | undefined;
  build(o: {
    readonly spec: DataSpec;
    readonly config: Of<M["model"]>;
    readonly key: Key;
    /** Of a model from a file: the numbers that the file holds. A model of more can be refused before it takes time. */
    readonly saved?: number;
  }): N;
  trainer(model: N, config: Of<M["training"]>): Trainer;
  inspect?(model: N): Iterable<Inspection>;
  /** Capabilities of its own, that core does not know. */
  readonly defines?: Readonly<Partial<Record<Capability, CapabilityDefinition>>>;
}

/** An erased plugin promises nothing: ask `has`. */
export type Sure<M extends Manifest> = Capability extends M["capabilities"][number]
  ? never
  : M["capabilities"][number];

/** What an instance is made of, and what its file keeps. */
export interface Parts {
  readonly plugin: Plugin;
  readonly config: Readonly<Record<string, Json>>;
  readonly encoding: Encoding;
  /** The codec that the model stands on, when it was built over one. */
  readonly over?: Parts & Model;
  /** The family's model, in its own space. */
  readonly inner: Model;
}

/** A model in the data's units: what users hold. */
export type Instance<M extends Manifest = Manifest, N = unknown, C extends Capability = Sure<M>> = Border<
  C,
  N
> &
  Model &
  Parts & {
    trainer(config?: Partial<Of<M["training"]>>): Trainer;
    inspect(): Iterable<Inspection>;
  };
export type AnyInstance = Instance<Manifest, unknown, never>;
