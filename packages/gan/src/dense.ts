import { relu, type Tensor } from "@tensorflow/tfjs-core";
import type { DataSpec, Key } from "@gen/core";
import { collect, Dense, heNormal, LayerNorm, uniform, type Variables } from "@gen/nn";
import { checkSize } from "./check-size.js";
import { Columns } from "./columns.js";
import { CriticLayer, Linear } from "./critic-layer.js";
import { Head } from "./head.js";
import { Labels } from "./labels.js";
import { Gan } from "./model.js";
import { through } from "./through.js";
import { unchanged, type Critic, type Generator, type Judgement, type Mode, type Pass } from "./networks.js";

export interface DenseConfig {
  readonly latent: number;
  readonly hidden: number;
  readonly layers: number;
  readonly normalisation: "none" | "layer" | "spectral";
}

/** Biases that are spread over standardised rows, so that the rectifiers' kinks are. */
const initial = { weight: heNormal, biases: uniform(1) };

/** A perceptron with rectified hidden layers and a linear output. */
class DenseGenerator implements Generator {
  private readonly layers: readonly Dense[];

  constructor(widths: readonly number[], key: Key) {
    this.layers = widths
      .slice(1)
      .map((outputs, i) => new Dense({ inputs: widths[i]!, outputs, key: key.fold(i), ...initial }));
  }

  get variables(): Variables {
    return collect(Object.fromEntries(this.layers.map((layer, i) => [String(i), layer])));
  }

  run(z: Tensor): Pass {
    const last = this.layers.length - 1;
    const y = this.layers.reduce((h, layer, i) => (i < last ? relu(layer.call(h)) : layer.call(h)), z);
    return { y, updates: unchanged };
  }
}

interface DenseCriticOptions extends Pick<DenseConfig, "normalisation"> {
  /** Widths from the input to the last hidden layer. */
  readonly widths: readonly number[];
  readonly classes: number;
  readonly key: Key;
}

/** Hidden layers, normalised but for the first, and a head. */
class DenseCritic implements Critic {
  readonly rowsMix = false;
  readonly spectral: boolean;
  private readonly layers: readonly CriticLayer[];
  private readonly head: Head;

  constructor({ widths, classes, normalisation, key }: DenseCriticOptions) {
    const spectral = normalisation === "spectral";
    this.spectral = spectral;
    this.layers = widths.slice(1).map((width, i) => {
      const own = key.fold(i);
      const layer = new Dense({ inputs: widths[i]!, outputs: width, key: own, ...initial });
      const norm = normalisation === "layer" && i > 0 ? new LayerNorm({ width }) : undefined;
      return new CriticLayer(new Linear(layer, { spectral, key: own.fold("spectral") }), norm);
    });
    this.head = new Head({ width: widths.at(-1)!, classes, spectral, key: key.fold("head"), ...initial });
  }

  get variables(): Variables {
    const layers = Object.fromEntries(this.layers.map((layer, i) => [String(i), layer]));
    return collect({ ...layers, head: this.head });
  }

  judge(x: Tensor, y: Tensor | undefined, mode: Mode): Judgement {
    const { y: features, updates } = through(this.layers, x, mode);
    const judged = this.head.run(features, y, mode);
    return { ...judged, updates: new Map([...updates, ...judged.updates]) };
  }
}

/** @throws InputError for columns that it does not take and for more parameters than 2^26 or than its file holds. */
export function denseGan(spec: DataSpec, config: DenseConfig, key: Key, saved?: number): Gan {
  const { latent, hidden, layers, normalisation } = config;
  const columns = new Columns(spec);
  const labels = Labels.of(spec);
  const classes = labels?.classes.length ?? 0;
  const middle = Array.from({ length: layers }, () => hidden);
  const generator = [latent + classes, ...middle, columns.width];
  const critic = [columns.width, ...middle];
  checkSize(parameters(generator) + parameters([...critic, 1 + classes]), saved);
  return new Gan({
    spec,
    latent,
    layout: columns,
    labels,
    generator: new DenseGenerator(generator, key.fold("generator")),
    critic: new DenseCritic({ widths: critic, classes, normalisation, key: key.fold("critic") }),
  });
}

/** Of a perceptron, without the biases: fewer than there are. */
const parameters = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, outputs, i) => sum + widths[i]! * outputs, 0);
