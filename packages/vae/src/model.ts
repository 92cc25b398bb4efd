import { exp, mul, ones, split, tidy, zeros, type Tensor } from "@tensorflow/tfjs-core";
import {
  fromLatent,
  InputError,
  MultivariateNormalDiag,
  restoreVariables,
  tensor,
  variablesState,
  xFields,
  type Bound,
  type Capability,
  type Codec,
  type DataSpec,
  type Distribution,
  type Features,
  type HasMean,
  type HasMode,
  type Key,
  type Latent,
  type NamedArray,
  type Rows,
  type Sampleable,
  type TensorFunction,
} from "@gen/core";
import { collect, disposeAll, type Variables } from "@gen/nn";
import { elbo, importanceWeighted, terms, type Parts } from "./elbo.js";
import { fixedField } from "./fixed-field.js";
import { Likelihood, widthOf } from "./likelihood.js";
import { Perceptron } from "./perceptron.js";
import { tidyRows } from "./tidy-rows.js";

export interface VaeConfig {
  readonly latent: number;
  readonly hidden: number;
  readonly layers: number;
}

/**
 * A variational auto-encoder: p(x) = ∫ p(x | z) N(z; 0, I) dz, bounded below with a learned q(z | x) = N(μ(x), σ²(x))
 * (Auto-encoding variational Bayes, Kingma & Welling, 2014).
 */
export class Vae implements Bound, Latent, Codec, Features, Sampleable {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>([
    "bound",
    "latent",
    "codec",
    "features",
    "sample",
  ]);
  readonly codes: DataSpec;
  readonly prior: MultivariateNormalDiag;
  readonly variables: Variables;
  private readonly encoder: Perceptron;
  private readonly decoder: Perceptron;
  private readonly likelihood: Likelihood;
  private readonly owned: readonly Tensor[];

  /** @throws InputError for columns that it does not take and for more parameters than 2^26 or than its file holds. */
  constructor(spec: DataSpec, { latent, hidden, layers }: VaeConfig, key: Key, saved?: number) {
    this.spec = spec;
    this.codes = { kind: "codes", fields: { z: { type: "real", shape: [latent] } } };
    const width = widthOf(spec);
    const middle = Array.from({ length: layers }, () => hidden);
    const encoder = checkedWidths([width, ...middle, 2 * latent], saved);
    const decoder = checkedWidths([latent, ...middle, width], saved);
    this.likelihood = new Likelihood(spec);
    this.encoder = new Perceptron({ widths: encoder, key: key.fold("encoder") });
    this.decoder = new Perceptron({ widths: decoder, key: key.fold("decoder") });
    this.variables = collect({ encoder: this.encoder, decoder: this.decoder, likelihood: this.likelihood });
    const [loc, scaleDiag] = [zeros([latent]), ones([latent])];
    this.owned = [loc, scaleDiag];
    this.prior = new MultivariateNormalDiag({ loc, scaleDiag });
  }

  encode(x: Rows): MultivariateNormalDiag {
    const [loc, scaleDiag] = tidy((): [Tensor, Tensor] => {
      const [mean, logVariance] = split(this.encoder.call(this.likelihood.input(x)), 2, 1) as [
        Tensor,
        Tensor,
      ];
      return [mean, exp(mul(logVariance, 0.5))];
    });
    return new MultivariateNormalDiag({ loc, scaleDiag });
  }

  decode(z: Tensor): Distribution<Rows> & HasMode<Rows> & Partial<HasMean<Rows>> {
    const output = this.decoder.call(z);
    const distribution = this.likelihood.distribution(output);
    output.dispose();
    return distribution;
  }

  /** One sample: the ELBO with its KL in closed form; more: the importance-weighted bound. */
  elbo(x: Rows, key: Key, samples = 1): Tensor {
    return tidy(() => {
      const rows = this.onEngine(x);
      return samples === 1 ? elbo(this.parts, rows, key) : importanceWeighted(this.parts, rows, key, samples);
    });
  }

  /** Reconstruction and divergence of each row, which the ELBO is the difference of. */
  terms(x: Rows, key: Key): { readonly reconstruction: Tensor; readonly divergence: Tensor } {
    return tidy(() => terms(this.parts, this.onEngine(x), key));
  }

  compress(x: Rows): Rows {
    const data = tidy(() => this.encode(x).mode());
    return { length: x.length, columns: { z: { data, shape: data.shape.slice(1) } } };
  }

  reconstruct(z: Rows): Rows {
    return tidyRows(() => this.decode(tensor(z, "z")).mode());
  }

  features(x: Rows): Tensor {
    return tidy(() => this.encode(x).mode());
  }

  /** x to the mean and deviation of q(z | x), and z to what is expected of x. */
  get functions(): Readonly<Record<string, TensorFunction>> {
    const fields = Object.entries(xFields(this.spec)).map(([name, field]) => {
      const fixed = fixedField(name, field);
      return [name, { shape: fixed.shape, dtype: fixed.type === "real" ? "float32" : "int32" }] as const;
    });
    const rowsOf = (columns: Readonly<Record<string, Tensor>>): Rows => ({
      length: Object.values(columns)[0]!.shape[0],
      columns: Object.fromEntries(fields.map(([name, { shape }]) => [name, { data: columns[name]!, shape }])),
    });
    return {
      encoder: {
        inputs: Object.fromEntries(fields),
        outputs: ["mean", "deviation"],
        call: (columns) => {
          const { loc, scaleDiag } = this.encode(rowsOf(columns));
          return { mean: loc as Tensor, deviation: scaleDiag as Tensor };
        },
      },
      decoder: {
        inputs: { z: { shape: [this.prior.eventShape[0]!], dtype: "float32" } },
        outputs: fields.map(([name]) => name),
        call: ({ z }) => {
          const x = this.decode(z!);
          const { columns } = x.mean?.() ?? x.mode();
          return Object.fromEntries(fields.map(([name]) => [name, columns[name]!.data as Tensor]));
        },
      },
    };
  }

  get protocol() {
    return fromLatent(this);
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(this.variables);
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    restoreVariables(this.variables, state);
  }

  [Symbol.dispose](): void {
    disposeAll(this.variables);
    for (const each of this.owned) each.dispose();
  }

  private get parts(): Parts {
    return {
      prior: this.prior,
      posterior: (x) => this.encode(x),
      likelihood: (z) => this.decode(z),
    };
  }

  private onEngine(x: Rows): Rows {
    const columns = Object.fromEntries(
      Object.entries(xFields(this.spec)).map(([name, field]) => [
        name,
        { data: tensor(x, name), shape: field.type === "text" ? [] : field.shape },
      ]),
    );
    return { length: x.length, columns };
  }
}

/** More memory than any perceptron is worth: 256 MB. */
const mostParameters = 2 ** 26;

function checkedWidths(widths: readonly number[], saved = Infinity): readonly number[] {
  const parameters = widths.slice(1).reduce((sum, outputs, i) => sum + (widths[i]! + 1) * outputs, 0);
  if (parameters > saved)
    throw new InputError(
      `Layers of ${widths.join(", ")} units have ${parameters} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (parameters <= mostParameters) return widths;
  throw new InputError(
    `Layers of ${widths.join(", ")} units have ${parameters} parameters, more than ${mostParameters}: use fewer hidden units or layers, or smaller rows.`,
  );
}
