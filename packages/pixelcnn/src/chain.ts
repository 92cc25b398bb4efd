import {
  add,
  concat,
  fill,
  matMul,
  range,
  reshape,
  tensor2d,
  tidy,
  tile,
  zeros,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { InputError, tensor, type Autoregressive, type Column, type Discrete, type Rows } from "@gen/core";
import { oneHot } from "@gen/nn";
import type { Pixels } from "./pixels.js";

/** Images in progress. */
export type State = {
  /** Scaled pixels [count, size], 0 where none is drawn yet. */
  readonly x: Tensor;
  /** How many are drawn. */
  readonly position: number;
  /** What serves the pixels of the row that is being drawn. */
  readonly prepared: Tensor[];
  /** One-hot, [count, classes]. */
  readonly label?: Tensor;
};

export interface ChainOptions {
  readonly pixels: Pixels;
  /** The levels of the pixels that every image begins with. */
  readonly prefix: Int32Array;
  /** The class of all images, or [count]: of each. */
  readonly label?: number | Tensor | undefined;
}

/** Images as a chain of pixels in raster order, p(x) = Π p(x_i | x_<i), after those that are given. */
export class PixelChain implements Autoregressive<State> {
  readonly alphabet: Autoregressive["alphabet"];
  /** Pixels that follow those given. */
  readonly length: number;
  private readonly options: ChainOptions;

  constructor(options: ChainOptions) {
    const { field, size } = options.pixels.image;
    this.options = options;
    this.alphabet = { ...field, shape: [] };
    this.length = size - options.prefix.length;
  }

  /** The levels after those given. @throws InputError when an image begins otherwise. */
  symbols(x: Rows): Column {
    const { pixels, prefix } = this.options;
    const { size } = pixels.image;
    const levels = pixels.levels(x);
    if (levels.some((level, i) => i % size < prefix.length && level !== prefix[i % size]))
      throw new InputError("An image does not begin with the pixels that were given.");
    return { data: levels.filter((_, i) => i % size >= prefix.length), shape: [this.length] };
  }

  /** @throws InputError for fewer or more symbols than there are pixels. */
  assemble(symbols: Column): Rows {
    const { pixels, prefix, label } = this.options;
    const { name, field } = pixels.image;
    const data = tidy(() => {
      const rest = tensor(symbols);
      const [count, length] = rest.shape as [number, number];
      if (length !== this.length)
        throw new InputError(`An image has ${this.length} pixels here, and there are ${length} symbols.`);
      const given = tile(tensor2d(prefix, [1, prefix.length], "int32"), [count, 1]);
      return reshape(concat([given, rest], 1), [count, ...field.shape]);
    });
    const count = data.shape[0];
    const image = { data, shape: field.shape };
    if (typeof label !== "number") return { length: count, columns: { [name]: image } };
    const y = { data: new Int32Array(count).fill(label), shape: [] };
    return { length: count, columns: { [name]: image, [pixels.label!.name]: y } };
  }

  begin(count: number): State {
    return tidy(() => {
      const { pixels, prefix, label } = this.options;
      const x = zeros([count, pixels.image.size]);
      const labels = typeof label === "number" ? fill([count], label, "int32") : label;
      const known = labels && pixels.oneHot(labels);
      const state = {
        x,
        position: 0,
        prepared: pixels.network.prepare(x, 0, known),
        ...(known && { label: known }),
      };
      if (prefix.length === 0) return state;
      return this.append(state, tile(tensor2d(prefix, [1, prefix.length], "int32"), [count, 1]));
    });
  }

  /** @throws InputError when the images are complete. */
  next({ x, position, prepared, label }: State): Discrete {
    const { network, likelihood, image } = this.options.pixels;
    if (position >= image.size) throw new InputError("The image is complete: there is no next pixel.");
    return likelihood.distribution(network.one(x, position, prepared, label));
  }

  append(state: State, symbols: Tensor): State {
    return tidy(() => {
      const { pixels } = this.options;
      const { size } = pixels.image;
      const { width } = pixels.network;
      const position = state.position + symbols.shape[1]!;
      const places = oneHot(range(state.position, position, 1, "int32"), size);
      const x = add(state.x, matMul(pixels.scaled(symbols), places));
      const row = Math.floor(position / width);
      const same = row === Math.floor(state.position / width) || position >= size;
      const prepared = same ? state.prepared : pixels.network.prepare(x, row, state.label);
      return { ...state, x, position, prepared };
    });
  }
}
