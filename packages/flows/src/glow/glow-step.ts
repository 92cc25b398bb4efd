import {
  add,
  neg,
  split,
  tensor,
  tidy,
  variable,
  zeros,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  Actnorm,
  Affine,
  chain,
  InvertibleConvolution,
  luFactors,
  SplitCoupling,
  type ActnormParameters,
  type Bijector,
  type Key,
  type LuFactors,
} from "@gen/core";
import { logSigmoid } from "@gen/core/math";
import { collect, orthogonal, type Layer, type Variables } from "@gen/nn";
import { Conditioner, type ConditionerShape } from "../flow/conditioner.js";

export interface GlowStepOptions {
  readonly channels: number;
  readonly conditioner: ConditionerShape;
  readonly key: Key;
}

/**
 * From the data's side: actnorm, an invertible 1×1 convolution that begins as a random rotation, and the affine
 * coupling z = (x + t) σ(s + 2) (Glow: generative flow with invertible 1×1 convolutions, Kingma & Dhariwal, 2018).
 */
export class GlowStep implements Layer {
  readonly variables: Variables;
  private readonly actnorm: ActnormParameters & Readonly<Record<keyof ActnormParameters, Variable>>;
  private readonly factors: LuFactors<Variable>;
  private readonly conditioner: Conditioner;
  private readonly channels: number;

  constructor({ channels, conditioner, key }: GlowStepOptions) {
    this.channels = channels;
    const empty = (): Variable => tidy(() => variable(zeros([channels])));
    this.actnorm = { bias: empty(), logScale: empty() };
    this.factors = rotation(channels, key.fold("rotation"));
    this.conditioner = new Conditioner(conditioner, key.fold("conditioner"));
    this.variables = collect({ ...this.actnorm, ...this.factors, conditioner: this.conditioner });
  }

  /** Sets actnorm so that the channels of x come out with mean 0 and variance 1. */
  initialise(x: Tensor): void {
    tidy(() => {
      const { bias, logScale } = Actnorm.normalising(x);
      this.actnorm.bias.assign(bias);
      this.actnorm.logScale.assign(logScale);
    });
  }

  /** The map from the latents' side, for one-hot classes. */
  bijector(classes?: Tensor): Bijector {
    const coupling = new SplitCoupling({
      eventRank: 3,
      axis: -3,
      at: this.channels / 2,
      conditioner: (kept) => affine(this.conditioner.call(kept, classes)),
    });
    return chain(coupling, new InvertibleConvolution(this.factors), new Actnorm(this.actnorm));
  }
}

/** x = z / σ(s + 2) - t, s and t being the halves of the network's output. */
function affine(output: Tensor): Bijector {
  const [scale, shift] = split(output, 2, 1) as [Tensor, Tensor];
  return new Affine({ shift: neg(shift), logScale: neg(logSigmoid(add(scale, 2))) });
}

/** The factors of a random rotation; permutation and signs stay as they are. */
function rotation(channels: number, key: Key): LuFactors<Variable> {
  const size = [channels, channels];
  const matrix = orthogonal(key, size, { fanIn: channels, fanOut: channels });
  const factors = luFactors(matrix.dataSync(), channels);
  matrix.dispose();
  const made = (name: keyof typeof factors, shape: number[], trained: boolean): Variable =>
    tidy(() => variable(tensor(factors[name], shape), trained));
  return {
    permutation: made("permutation", size, false),
    lower: made("lower", size, true),
    upper: made("upper", size, true),
    sign: made("sign", [channels], false),
    logDiagonal: made("logDiagonal", [channels], true),
  };
}
