import {
  add,
  expandDims,
  logSoftmax,
  reshape,
  stack,
  tensor1d,
  tidy,
  where,
  type Tensor,
} from "@tensorflow/tfjs-core";
import {
  ancestralArray,
  Categorical,
  InputError,
  labelFirst,
  type Autoregressive,
  type Capability,
  type CategoryField,
  type Column,
  type DataSpec,
  type Density,
  type Discrete,
  type Joint,
  type Rows,
  type Sampleable,
  type SamplingProtocol,
  type symbolOptions,
  type Tree,
} from "@gen/core";
import { logSumExp } from "@gen/core/math";
import { PixelChain, type State } from "./chain.js";
import type { Pixels } from "./pixels.js";

export interface ViewOptions {
  readonly pixels: Pixels;
  /** The levels of the pixels that every image begins with. */
  readonly prefix: Int32Array;
  /** The class of all images, where it is known. */
  readonly label?: number | undefined;
}

/**
 * What a network of pixels says of images that begin with some pixels: a chain of those that follow, with an exact
 * density. Where there are labels and none is known, it is the mixture p(x) = Σ p(y) p(x | y), and no chain.
 */
export class PixelView implements Autoregressive<State>, Density, Joint, Sampleable {
  readonly spec: DataSpec;
  readonly capabilities: ReadonlySet<Capability>;
  readonly absent: Readonly<Partial<Record<Capability, string>>>;
  readonly alphabet: Autoregressive["alphabet"];
  readonly classes: readonly string[];
  readonly pixels: Pixels;
  private readonly options: ViewOptions;
  private readonly chain: PixelChain;

  constructor(options: ViewOptions, more: readonly Capability[] = []) {
    const { pixels, label } = options;
    const mixed = pixels.label !== undefined && label === undefined;
    this.options = options;
    this.pixels = pixels;
    this.spec = pixels.spec;
    this.chain = new PixelChain(options);
    this.alphabet = this.chain.alphabet;
    this.classes = pixels.label ? classNames(pixels.label.field) : [];
    this.capabilities = new Set<Capability>([
      mixed ? "joint" : "autoregressive",
      "density",
      "sample",
      ...more,
    ]);
    this.absent = mixed
      ? { autoregressive: "pixels are drawn one after another only when the label is given" }
      : { joint: pixels.label ? "the label is given" : "the data have no labels" };
  }

  symbols(x: Rows): Column {
    return this.chain.symbols(x);
  }

  assemble(symbols: Column): Rows {
    return this.chain.assemble(symbols);
  }

  /** @throws InputError when there are labels and none is given. */
  begin(count: number): State {
    const { label } = this.pixels;
    if (label && this.options.label === undefined)
      throw new InputError(
        `Pixels are drawn one after another only when "${label.name}" is given: use given(rows({ ${JSON.stringify(label.name)}: … })), or draw through the protocol, which draws the label first.`,
      );
    return this.chain.begin(count);
  }

  next(state: State): Discrete {
    return this.chain.next(state);
  }

  append(state: State, symbols: Tensor): State {
    return this.chain.append(state, symbols);
  }

  /** log p of the pixels that follow those given, -Infinity for images that begin otherwise. */
  logProb(x: Rows): Tensor {
    if (this.capabilities.has("joint")) return tidy(() => logSumExp(this.logJoint(x), 1));
    const levels = this.pixels.levels(x);
    return this.begun(levels, () => this.logProbOf(levels, this.options.label));
  }

  /** As `logProb` for each class, with log p(y) given the first pixels: [rows, classes]. @throws InputError without labels. */
  logJoint(x: Rows): Tensor {
    if (!this.pixels.label) throw new InputError("The data have no labels: ask for logProb instead.");
    const levels = this.pixels.levels(x);
    return this.begun(levels, () => {
      const given = this.classes.map((_, label) => this.logProbOf(levels, label));
      return add(stack(given, 1), this.logPrior);
    });
  }

  get protocol(): SamplingProtocol<Tree, typeof symbolOptions> {
    const { pixels, prefix } = this.options;
    if (!this.capabilities.has("joint")) return ancestralArray(this.chain, this.chain.length);
    const logits = (): Tensor => this.logPrior;
    return labelFirst({
      field: pixels.label!.name,
      get prior() {
        return new Categorical({ logits: logits() });
      },
      given: (label) => ancestralArray(new PixelChain({ pixels, prefix, label }), this.chain.length),
    });
  }

  /** log p(y | the first pixels), [classes]. */
  private get logPrior(): Tensor {
    const { pixels, prefix } = this.options;
    return tidy(() => {
      const prior = pixels.prior!;
      if (prefix.length === 0) return logSoftmax(prior);
      const image = new Int32Array(pixels.image.size);
      image.set(prefix);
      const part = { from: 0, to: prefix.length };
      const given = this.classes.map((_, label) => pixels.logProb(image, { ...part, label }));
      return logSoftmax(add(prior, reshape(stack(given), [-1])));
    });
  }

  private logProbOf(levels: Int32Array, label: number | undefined): Tensor {
    const { pixels, prefix } = this.options;
    return pixels.logProb(levels, { from: prefix.length, to: pixels.image.size, label });
  }

  /** A value for each image, -Infinity for those that do not begin with the pixels given. */
  private begun(levels: Int32Array, values: () => Tensor): Tensor {
    const { pixels, prefix } = this.options;
    const { size } = pixels.image;
    const begins = Array.from({ length: levels.length / size }, (_, row) =>
      prefix.every((level, i) => levels[row * size + i] === level),
    );
    return tidy(() => {
      const found = values();
      if (begins.every(Boolean)) return found;
      const known = tensor1d(begins, "bool");
      return where(found.rank === 1 ? known : expandDims(known, 1), found, -Infinity);
    });
  }
}

const classNames = ({ names, levels }: CategoryField): readonly string[] =>
  names ?? Array.from({ length: levels }, (_, i) => String(i));
