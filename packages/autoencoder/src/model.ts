import {
  mean,
  mul,
  sigmoid,
  softplus,
  squaredDifference,
  sub,
  tidy,
  type Scalar,
  type Tensor,
} from "@tensorflow/tfjs-core";
import {
  restoreVariables,
  tensor,
  variablesState,
  type Capability,
  type Codec,
  type DataSpec,
  type Features,
  type Key,
  type NamedArray,
  type Rows,
  type TensorFunction,
} from "@gen/core";
import { collect, disposeAll, type Variables } from "@gen/nn";
import { columnsOf, flat, realFields } from "./fields.js";
import { networks, type NetworkConfig, type Networks } from "./networks.js";

export interface AutoencoderConfig extends NetworkConfig {
  readonly loss: "squaredError" | "crossEntropy";
}

/**
 * An encoder to a short code and a decoder back, learned together (Reducing the dimensionality of data with neural
 * networks, Hinton & Salakhutdinov, 2006). It has no probabilities: a model over its codes has samples, and nothing
 * has a density.
 */
export class Autoencoder implements Codec, Features {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["codec", "features"]);
  readonly absent = {
    sample: "it draws nothing by itself: train a model over its codes",
    density: "it has no probabilities, it compresses and reconstructs",
  };
  readonly codes: DataSpec;
  readonly variables: Variables;
  private readonly networks: Networks;

  /** @throws InputError for columns that it does not take, and for more parameters than 2^26 or than its file holds. */
  constructor(
    readonly spec: DataSpec,
    private readonly config: AutoencoderConfig,
    key: Key,
    saved?: number,
  ) {
    this.codes = { kind: "codes", fields: { z: { type: "real", shape: [config.latent] } } };
    this.networks = networks(spec, config, { key, saved });
    this.variables = collect({ encoder: this.networks.encoder, decoder: this.networks.decoder });
  }

  compress(x: Rows): Rows {
    return { length: x.length, columns: { z: { data: this.features(x), shape: [this.config.latent] } } };
  }

  reconstruct(z: Rows): Rows {
    const made: Rows[] = [];
    tidy(() => {
      const columns = columnsOf(this.spec, this.expected(tensor(z, "z")));
      made.push({ length: z.length, columns });
      return Object.values(columns).map(({ data }) => data);
    });
    return made[0]!;
  }

  /** The codes: [rows, latent]. */
  features(x: Rows): Tensor {
    return tidy(() => this.networks.encoder.call(flat(this.spec, x)));
  }

  /**
   * The mean over rows and numbers of the squared error, or of the cross-entropy in nats, between x and what comes of
   * its code; `seen` changes what is encoded.
   */
  loss(x: Rows, seen: (x: Tensor) => Tensor): Scalar {
    return tidy(() => {
      const target = flat(this.spec, x);
      const output = this.networks.decoder.call(this.networks.encoder.call(seen(target)));
      return mean<Scalar>(
        this.config.loss === "squaredError"
          ? squaredDifference(output, target)
          : // -x log σ(a) - (1 - x) log(1 - σ(a)) of logits a.
            sub(softplus(output), mul(target, output)),
      );
    });
  }

  /** x to its code, and a code to what is reconstructed from it; in the space of pixels from 0 to 1 or of standardised columns. */
  get functions(): Readonly<Record<string, TensorFunction>> {
    const fields = realFields(this.spec);
    return {
      encoder: {
        inputs: Object.fromEntries(fields.map(([name, { shape }]) => [name, { shape, dtype: "float32" }])),
        outputs: ["z"],
        call: (columns) => {
          const rows: Rows = {
            length: Object.values(columns)[0]!.shape[0],
            columns: Object.fromEntries(
              fields.map(([name, { shape }]) => [name, { data: columns[name]!, shape }]),
            ),
          };
          return { z: this.features(rows) };
        },
      },
      decoder: {
        inputs: { z: { shape: [this.config.latent], dtype: "float32" } },
        outputs: fields.map(([name]) => name),
        call: ({ z }) => {
          const columns = columnsOf(this.spec, this.expected(z!));
          return Object.fromEntries(Object.entries(columns).map(([name, { data }]) => [name, data]));
        },
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
    disposeAll(this.variables);
  }

  /** All numbers of the rows of codes: [rows, width]. */
  private expected(z: Tensor): Tensor {
    return tidy(() => {
      const output = this.networks.decoder.call(z);
      return this.config.loss === "squaredError" ? output : sigmoid(output);
    });
  }
}
