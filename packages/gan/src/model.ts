import {
  argMax,
  broadcastTo,
  concat,
  fill,
  ones,
  slice,
  tensor1d,
  tidy,
  variable,
  zeros,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  InputError,
  MultivariateNormalDiag,
  OneHotCategorical,
  pushforward,
  restoreVariables,
  variablesState,
  type Capability,
  type Capable,
  type Conditional,
  type DataSpec,
  type Distribution,
  type Features,
  type Implicit,
  type Key,
  type NamedArray,
  type Rows,
  type Sampleable,
  type TensorFunction,
} from "@gen/core";
import { normal } from "@gen/core/random";
import { collect, disposeAll, oneHot, type Variables } from "@gen/nn";
import { Concatenated } from "./concatenated.js";
import type { Labels } from "./labels.js";
import type { Critic, Generator, Layout } from "./networks.js";

export interface GanParts {
  readonly spec: DataSpec;
  /** Numbers of noise for each row. */
  readonly latent: number;
  readonly generator: Generator;
  readonly critic: Critic;
  readonly layout: Layout;
  readonly labels: Labels | undefined;
}

const without = "a generator gives samples, but no density of them";

/**
 * A generative adversarial network: a generator that makes rows of noise, and the critic that teaches it (Generative
 * adversarial nets, Goodfellow et al., 2014). With labels the noise ends in the class, one-hot.
 */
export class Gan implements Implicit, Features, Sampleable, Conditional<"implicit" | "sample"> {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability>;
  readonly absent: Readonly<Partial<Record<Capability, string>>>;
  readonly condition: DataSpec;
  readonly latent: number;
  readonly generator: Generator;
  readonly critic: Critic;
  readonly labels: Labels | undefined;
  readonly variables: Variables;
  /** The classes' shares of the training data. */
  readonly shares: Variable | undefined;
  private readonly layout: Layout;
  private readonly gaussian: MultivariateNormalDiag;
  private readonly owned: readonly Tensor[];

  constructor({ spec, latent, generator, critic, layout, labels }: GanParts) {
    this.spec = spec;
    this.latent = latent;
    this.generator = generator;
    this.critic = critic;
    this.layout = layout;
    this.labels = labels;
    this.capabilities = new Set<Capability>([
      "implicit",
      "features",
      "sample",
      ...(labels ? (["conditional"] as const) : []),
    ]);
    this.absent = {
      density: without,
      bound: without,
      ...(labels ? {} : { conditional: "the data have no labels" }),
    };
    this.condition = labels?.condition ?? { kind: spec.kind, fields: {} };
    const classes = labels?.classes.length ?? 0;
    this.shares = labels && tidy(() => variable(fill([classes], 1 / classes), false));
    this.variables = collect({ generator, critic, ...(this.shares && { shares: this.shares }) });
    const [loc, scaleDiag] = [zeros([latent]), ones([latent])];
    this.owned = [loc, scaleDiag];
    this.gaussian = new MultivariateNormalDiag({ loc, scaleDiag });
  }

  get noise(): Distribution {
    if (!this.shares) return this.gaussian;
    return new Concatenated([this.gaussian, new OneHotCategorical({ probs: this.shares })]);
  }

  /** z: [rows, numbers of noise]. */
  generate(z: Tensor): Rows {
    return this.generated(() => z, z.shape[0]);
  }

  private generated(noise: () => Tensor, length: number): Rows {
    const { labels, latent, layout, generator } = this;
    const tensors = tidy(() => {
      const z = noise();
      return {
        ...layout.output(generator.run(z, "evaluation").y),
        ...(labels && { [labels.name]: argMax(slice(z, [0, latent], [-1, labels.classes.length]), 1) }),
      };
    });
    const columns = Object.entries(tensors).map(([name, data]) => [
      name,
      { data, shape: data.shape.slice(1) },
    ]);
    return { length, columns: Object.fromEntries(columns) as Rows["columns"] };
  }

  /** What the critic's last layer sees of each row. */
  features(x: Rows): Tensor {
    return tidy(() => this.critic.judge(this.input(x), undefined, "evaluation").features);
  }

  /** Rows as the networks take them. */
  input(x: Rows): Tensor {
    return this.layout.input(x);
  }

  /** Noise for as many rows, with their own classes. */
  noiseFor(x: Rows, key: Key): Tensor {
    const z = normal(key, [x.length, this.latent]);
    return this.labels ? concat([z, this.labels.oneHot(x)], 1) : z;
  }

  /** Samples of a class for all rows, or of one for each. @throws InputError when the label is not one of the classes. */
  given(condition: Rows): Capable<"implicit" | "sample"> {
    const { labels, spec, gaussian } = this;
    if (!labels) throw new InputError("This model was trained without labels: nothing can be given.");
    const classes = labels.given(condition);
    const view: Implicit = {
      noise: gaussian,
      generate: (z) => {
        const count = z.shape[0];
        return this.generated(() => concat([z, hot(classes, labels, count)], 1), count);
      },
    };
    return {
      ...view,
      spec,
      capabilities: new Set<Capability>(["implicit", "sample"]),
      get protocol() {
        return pushforward(view);
      },
    };
  }

  get protocol() {
    return pushforward(this);
  }

  /** The generator, from noise to rows. */
  get functions(): Readonly<Record<string, TensorFunction>> {
    const inputs = this.latent + (this.labels?.classes.length ?? 0);
    const outputs = Object.keys(this.spec.fields).filter((name) => name !== this.labels?.name);
    return {
      generator: {
        inputs: { z: { shape: [inputs], dtype: "float32" } },
        outputs,
        call: ({ z }) => this.layout.output(this.generator.run(z!, "evaluation").y),
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
    for (const each of this.owned) each.dispose();
  }
}

/** One-hot classes of so many rows: of one class for all, or of as many as there are rows. */
function hot(classes: Int32Array, { classes: names }: Labels, rows: number): Tensor {
  if (classes.length !== 1 && classes.length !== rows)
    throw new InputError(
      `${classes.length} classes are given for ${rows} rows: give one, or one for each row.`,
    );
  const one = oneHot(tensor1d(classes, "int32"), names.length);
  return broadcastTo(one, [rows, names.length]);
}
