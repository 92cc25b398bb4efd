import { gather, tensor, tidy, cast, type Tensor } from "@tensorflow/tfjs-core";
import {
  Categorical,
  InColumns,
  jointly,
  MultivariateNormal,
  type Capability,
  type DataSpec,
  type Density,
  type Distribution,
  type Latent,
  type Rows,
  type Sampleable,
  type SamplingProtocol,
} from "@gen/core";
import { matrixOf, realShapes } from "./columns.js";
import { logComponents, logJoint } from "./mixture/density.js";
import { logSumRows } from "./mixture/gaussian.js";
import { scaleTrilOf, type Mixture } from "./mixture/mixture.js";

/** Mixtures side by side, each with the logarithm of its share and the class it stands for. */
export interface Shares {
  readonly mixtures: readonly Mixture[];
  readonly logPriors: Float64Array;
  readonly classes: Int32Array;
}

/** Means [components, d] and Cholesky factors [components, d, d] of all mixtures, one after the other. */
export interface Normals {
  readonly columns: number;
  readonly means: readonly number[];
  readonly scales: readonly number[];
}

/**
 * p(x) = Σ_y p(y) Σ_k w_yk N(x; μ_yk, Σ_yk) in float64. The latent variable is the component, classes outermost.
 * Values that are missing (NaN, in optional columns) are integrated out. Samples carry their class where the data have
 * a label column.
 */
export abstract class Components implements Density, Latent, Sampleable {
  abstract readonly capabilities: ReadonlySet<Capability>;
  protected abstract readonly shares: Shares;
  readonly spec: DataSpec;
  protected readonly label: string | undefined;

  constructor(spec: DataSpec, label: string | undefined) {
    this.spec = spec;
    this.label = label;
  }

  logProb(x: Rows): Float64Array {
    return logSumRows(this.logJoint(x), this.shares.mixtures.length);
  }

  /** log (p(y) p(x | y)): [rows, classes], in nats. */
  logJoint(x: Rows): Float64Array {
    return logJoint(this.shares.mixtures, this.shares.logPriors, this.matrix(x));
  }

  get prior(): Categorical {
    const { mixtures, logPriors } = this.shares;
    const logits = mixtures.flatMap(({ weights }, c) =>
      Array.from(weights, (w) => Math.log(w) + logPriors[c]!),
    );
    return new Categorical({ logits: tensor(logits) });
  }

  encode(x: Rows): Categorical {
    const { mixtures, logPriors } = this.shares;
    const logits = logComponents(mixtures, logPriors, this.matrix(x));
    return new Categorical({
      logits: tensor(Float32Array.from(logits), [x.length, logits.length / x.length]),
    });
  }

  decode(z: Tensor): Distribution<Rows> {
    const { columns: d, means, scales } = this.normals();
    const width = means.length / d;
    const pick = (values: readonly number[], shape: number[]): Tensor =>
      tidy(() => gather(tensor([...values], [width, ...shape]), cast(z, "int32")));
    const normal = new MultivariateNormal({ loc: pick(means, [d]), scaleTril: pick(scales, [d, d]) });
    return new InColumns(normal, realShapes(this.spec));
  }

  get protocol(): SamplingProtocol {
    const prior = (): Categorical => this.prior;
    return jointly({
      // A getter, because each draw needs tensors of its own.
      get prior() {
        return prior();
      },
      given: (z) => this.decode(z),
      attach: (x, z) => this.withClass(x, z),
    });
  }

  private withClass(x: Rows, z: Tensor): Rows {
    if (this.label === undefined) return x;
    const { mixtures, classes } = this.shares;
    const { components } = mixtures[0]!;
    const table = mixtures.flatMap((_, c) => Array.from({ length: components }, () => classes[c]!));
    const data = tidy(() => gather(tensor(table, [table.length], "int32"), cast(z, "int32")));
    return { length: x.length, columns: { ...x.columns, [this.label]: { data, shape: [] } } };
  }

  /** The numbers that the mixtures are of, row-major. */
  protected matrix(x: Rows): Float64Array {
    return matrixOf(this.spec, x);
  }

  protected normals(): Normals {
    const { mixtures } = this.shares;
    return {
      columns: mixtures[0]!.columns,
      means: mixtures.flatMap((mixture) => Array.from(mixture.means)),
      scales: mixtures.flatMap((mixture) =>
        Array.from(mixture.weights, (_, k) => Array.from(scaleTrilOf(mixture, k))).flat(),
      ),
    };
  }
}
