import * as tf from "@tensorflow/tfjs-core";
import {
  column,
  disposeVariables,
  InputError,
  MultivariateNormalDiag,
  restoreVariables,
  tensor,
  transport,
  tuple,
  variablesState,
  type Capability,
  type DataSpec,
  type NamedArray,
  type Rows,
} from "@gen/core";

/**
 * A flow over the plane with a latent for each axis: a = m + exp(s) z₁ and b = n + exp(t) z₂ + k sin a, so that
 * log |det dz/dx| = -s - t.
 */
export class ShearModel {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(["flow", "density", "sample"]);
  readonly variables: Readonly<Record<"loc" | "logScale" | "slope", tf.Variable>>;

  constructor(spec: DataSpec) {
    this.spec = spec;
    this.variables = tf.tidy(() => ({
      loc: tf.variable(tf.zeros([2])),
      logScale: tf.variable(tf.fill([2], 1)),
      slope: tf.variable(tf.scalar(0.5)),
    }));
  }

  get base() {
    const axis = (): MultivariateNormalDiag =>
      new MultivariateNormalDiag({ loc: tf.zeros([1]), scaleDiag: 1 });
    return tuple(axis(), axis());
  }

  toLatent(x: Rows): { readonly z: readonly tf.Tensor[]; readonly logDet: tf.Tensor } {
    const [logDet, ...z] = tf.tidy(() => {
      const { logScale, slope } = this.variables;
      const [a, b] = this.halves(plane(x));
      const straight = tf.sub(b, tf.mul(slope, tf.sin(a)));
      const logDet = tf.mul(tf.neg(tf.sum(logScale)), tf.ones([x.length]));
      return [logDet, ...this.standard([a, straight])];
    });
    return { z, logDet };
  }

  fromLatent(z: readonly tf.Tensor[]): Rows {
    const data = tf.tidy(() => this.sheared(this.scaled(z)));
    return { length: data.shape[0], columns: { x: { data, shape: [2] } } };
  }

  logProb(x: Rows): tf.Tensor {
    return tf.tidy(() => {
      const { z, logDet } = this.toLatent(x);
      return tf.add(this.base.logProb(z), logDet);
    });
  }

  get protocol() {
    const layers = [
      (z: readonly tf.Tensor[]) => [this.scaled(z)],
      (z: readonly tf.Tensor[]) => [this.sheared(z[0]!)],
    ];
    const readBase = (): ShearModel["base"] => this.base;
    return transport({
      get base() {
        return readBase();
      },
      given: () => undefined,
      layers: layers.length,
      pass: (z, layer) => layers[layer]!(z),
      show: (z) => {
        const data = z.length === 2 ? tf.concat([...z], 1) : z[0]!;
        return { length: data.shape[0], columns: { x: { data, shape: [2] } } };
      },
    });
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

  private halves(x: tf.Tensor): [tf.Tensor, tf.Tensor] {
    return tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor];
  }

  private standard(parts: readonly [tf.Tensor, tf.Tensor]): tf.Tensor[] {
    const { loc, logScale } = this.variables;
    const standard = tf.mul(tf.sub(tf.concat([...parts], 1), loc), tf.exp(tf.neg(logScale)));
    return this.halves(standard);
  }

  private scaled(z: readonly tf.Tensor[]): tf.Tensor {
    const { loc, logScale } = this.variables;
    return tf.add(loc, tf.mul(tf.concat([...z], 1), tf.exp(logScale)));
  }

  private sheared(x: tf.Tensor): tf.Tensor {
    const [a, b] = this.halves(x);
    return tf.concat([a, tf.add(b, tf.mul(this.variables.slope, tf.sin(a)))], 1);
  }
}

function plane(x: Rows): tf.Tensor {
  const points = column(x, "x");
  if (points.shape.join() !== "2")
    throw new InputError(`Points have two numbers, not ${points.shape.join(" x ")}.`);
  return tensor(points);
}
