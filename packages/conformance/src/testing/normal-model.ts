import * as tf from "@tensorflow/tfjs-core";
import {
  Categorical,
  column,
  disposeVariables,
  InColumns,
  InputError,
  jointly,
  MultivariateNormalDiag,
  restoreVariables,
  tensor,
  variablesState,
  yField,
  type Capability,
  type Capable,
  type DataSpec,
  type Distribution,
  type Key,
  type NamedArray,
  type Rows,
  type SamplingProtocol,
} from "@gen/core";
import { normals64 } from "@gen/core/random";

/**
 * p(x) = Σ_y 1/|Y| N(x; loc_y, scale²) over the plane; without labels one y, and a latent variable with
 * x = loc + scale (z + e) / √2, whose posterior is N((x - loc) / (√2 scale), 1/2).
 */
export class NormalModel {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability>;
  readonly classes: readonly string[];
  readonly condition: DataSpec;
  readonly codes: DataSpec = { kind: "codes", fields: { z: { type: "real", shape: [2] } } };
  readonly variables: { readonly loc: tf.Variable; readonly logScale: tf.Variable };
  private readonly label: string | undefined;

  constructor(spec: DataSpec, spread: number, key: Key) {
    const y = yField(spec);
    this.spec = spec;
    this.label = y?.name;
    this.classes = y?.field.type === "category" ? (y.field.names ?? []) : ["all"];
    this.condition = { kind: "points", fields: y ? { [y.name]: y.field } : {} };
    this.capabilities = new Set<Capability>(
      y
        ? ["density", "sample", "features", "joint", "classifier", "conditional"]
        : ["density", "sample", "features", "latent", "bound", "codec", "implicit"],
    );
    const start = Float32Array.from(normals64(key, 2 * this.classes.length));
    this.variables = tf.tidy(() => ({
      loc: tf.variable(tf.tensor2d(start, [this.classes.length, 2])),
      logScale: tf.variable(tf.fill([2], Math.log(spread))),
    }));
  }

  /** log p(x, y): [rows, classes]. */
  logJoint(x: Rows): tf.Tensor {
    return tf.tidy(() => {
      const { loc, logScale } = this.variables;
      const clusters = new MultivariateNormalDiag({ loc, scaleDiag: tf.exp(logScale) });
      return tf.sub(clusters.logProb(tf.expandDims(plane(x), 1)), Math.log(this.classes.length));
    });
  }

  logProb(x: Rows): tf.Tensor {
    return tf.tidy(() => tf.logSumExp(this.logJoint(x), 1));
  }

  logPosterior(x: Rows): tf.Tensor {
    return tf.tidy(() => tf.logSoftmax(this.logJoint(x)));
  }

  features(x: Rows): tf.Tensor {
    return tf.tidy(() => tf.sub(plane(x), this.first));
  }

  /** What is maximised: log p(x, y) of labelled rows, else log p(x). */
  fitted(x: Rows): tf.Tensor {
    if (this.label === undefined) return this.logProb(x);
    const hot = tf.oneHot(tf.cast(tensor(column(x, this.label)), "int32"), this.classes.length);
    return tf.sum(tf.mul(this.logJoint(x), hot), 1);
  }

  get prior(): Distribution {
    return new MultivariateNormalDiag({ loc: tf.zeros([2]), scaleDiag: 1 });
  }

  encode(x: Rows): MultivariateNormalDiag {
    const scale = tf.mul(tf.exp(this.variables.logScale), Math.SQRT2);
    return new MultivariateNormalDiag({
      loc: tf.div(tf.sub(plane(x), this.first), scale),
      scaleDiag: Math.SQRT1_2,
    });
  }

  decode(z: tf.Tensor): Distribution<Rows> {
    const scale = tf.mul(tf.exp(this.variables.logScale), Math.SQRT1_2);
    return inColumns(
      new MultivariateNormalDiag({ loc: tf.add(this.first, tf.mul(z, scale)), scaleDiag: scale }),
    );
  }

  get noise(): Distribution {
    return this.prior;
  }

  generate(z: tf.Tensor): Rows {
    const data = tf.tidy(() => tf.add(this.first, tf.mul(z, tf.exp(this.variables.logScale))));
    return { length: z.shape[0], columns: { x: { data, shape: [2] } } };
  }

  /** By draws of a q(z | x) that is wider than the exact one, so that there is a gap. */
  elbo(x: Rows, key: Key, samples = 1): tf.Tensor {
    return tf.tidy(() => {
      const { loc } = this.encode(x);
      const q = new MultivariateNormalDiag({ loc, scaleDiag: 1 });
      const draws = Array.from({ length: samples }, (_, k) => {
        const z = q.sample(key.fold(k));
        const complete = tf.add(this.decode(z).logProb(x), this.prior.logProb(z));
        return tf.sub(complete, q.logProb(z));
      });
      return tf.sub(tf.logSumExp(tf.stack(draws), 0), Math.log(samples));
    });
  }

  compress(x: Rows): Rows {
    const data = tf.tidy(() => this.encode(x).mean());
    return { length: x.length, columns: { z: { data, shape: [2] } } };
  }

  /** In JavaScript arrays. */
  reconstruct(z: Rows): Rows {
    const loc = tf.tidy(() => {
      const scale = tf.mul(tf.exp(this.variables.logScale), Math.SQRT2);
      return tf.add(this.first, tf.mul(tensor(z, "z"), scale));
    });
    const data = loc.dataSync<"float32">().slice();
    loc.dispose();
    return { length: z.length, columns: { x: { data, shape: [2] } } };
  }

  get protocol(): SamplingProtocol {
    return this.drawing(this.classes.map(() => 1 / this.classes.length));
  }

  given(condition: Rows): Capable<"density" | "sample"> {
    const y = (column(condition, this.label).data as ArrayLike<number>)[0]!;
    const shares = this.classes.map((_, c) => (c === y ? 1 : 0));
    const logProb = (x: Rows): tf.Tensor =>
      tf.tidy(() => tf.add(tf.gather(this.logJoint(x), y, 1), Math.log(this.classes.length)));
    const drawing = (): SamplingProtocol => this.drawing(shares);
    return {
      spec: this.spec,
      capabilities: new Set<Capability>(["density", "sample"]),
      logProb,
      get protocol() {
        return drawing();
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
    disposeVariables(this.variables);
  }

  private get first(): tf.Tensor {
    return tf.slice(this.variables.loc, [0, 0], [1, 2]);
  }

  private drawing(shares: readonly number[]): SamplingProtocol {
    const { loc, logScale } = this.variables;
    const label = this.label;
    return jointly({
      get prior() {
        return new Categorical({ probs: tf.tensor1d([...shares]) });
      },
      given: (y) =>
        inColumns(
          new MultivariateNormalDiag({
            loc: tf.gather(loc, tf.cast(y, "int32")),
            scaleDiag: tf.exp(logScale),
          }),
        ),
      attach: (x, y) =>
        label === undefined ? x : { ...x, columns: { ...x.columns, [label]: { data: y, shape: [] } } },
    });
  }
}

const inColumns = (base: MultivariateNormalDiag): Distribution<Rows> => new InColumns(base, { x: [2] });

function plane(x: Rows): tf.Tensor {
  const points = column(x, "x");
  if (points.shape.join() !== "2")
    throw new InputError(`Points have two numbers, not ${points.shape.join(" x ")}.`);
  return tensor(points);
}
