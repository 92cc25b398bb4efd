import { relu, reshape, tidy, transpose, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Conv2d, ConvTranspose2d, Dense, type Layer, type Variables } from "@gen/nn";

/** An image, or a layer's output: height, width, channels. */
export type Size = readonly [height: number, width: number, channels: number];

/** The sizes from an image through `layers` convolutions, each of half the sides, rounded up. */
export function sizesOf(
  image: Size,
  { layers, channels }: { readonly layers: number; readonly channels: number },
): readonly Size[] {
  const sizes = [image];
  for (let layer = 0; layer < layers; layer++) {
    const [height, width] = sizes[layer]!;
    sizes.push([Math.ceil(height / 2), Math.ceil(width / 2), channels * 2 ** layer]);
  }
  return sizes;
}

export const elementsOf = ([height, width, channels]: Size): number => height * width * channels;

/** With one zero around and a stride of 2, filters of 4 halve an even side and filters of 3 an odd one, and back. */
const filterFor = ([height, width]: Size): readonly [number, number] => [4 - (height % 2), 4 - (width % 2)];

/** Parameters of the convolutions between sizes, in either direction, with biases. */
export const filterParameters = (sizes: readonly Size[], direction: "down" | "up"): number =>
  sizes.slice(1).reduce((sum, small, i) => {
    const large = sizes[i]!;
    const [height, width] = filterFor(large);
    return sum + height * width * large[2] * small[2] + (direction === "down" ? small : large)[2];
  }, 0);

/** Convolutions that halve an image's sides, then a dense layer to the code. */
export class ConvolutionalEncoder implements Layer {
  private readonly convolutions: readonly Conv2d[];
  private readonly dense: Dense;

  constructor(
    private readonly sizes: readonly Size[],
    latent: number,
    key: Key,
  ) {
    this.convolutions = sizes.slice(1).map(
      ([, , outputs], i) =>
        new Conv2d({
          inputs: sizes[i]![2],
          outputs,
          size: filterFor(sizes[i]!),
          stride: 2,
          padding: 1,
          key: key.fold(i),
        }),
    );
    this.dense = new Dense({ inputs: elementsOf(sizes.at(-1)!), outputs: latent, key: key.fold("dense") });
  }

  get variables(): Variables {
    return collect({ ...numbered(this.convolutions), dense: this.dense });
  }

  /** x: [rows, height · width · channels]; gives [rows, latent]. */
  call(x: Tensor): Tensor {
    const rows = x.shape[0];
    return tidy(() => {
      const image = transpose(reshape(x, [rows, ...this.sizes[0]!]), [0, 3, 1, 2]);
      const small = this.convolutions.reduce((h, layer) => relu(layer.call(h)), image);
      return this.dense.call(reshape(small, [rows, -1]));
    });
  }
}

/** The way back: a dense layer from the code, then transposed convolutions. */
export class ConvolutionalDecoder implements Layer {
  private readonly dense: Dense;
  private readonly convolutions: readonly ConvTranspose2d[];

  constructor(
    private readonly sizes: readonly Size[],
    latent: number,
    key: Key,
  ) {
    this.dense = new Dense({ inputs: latent, outputs: elementsOf(sizes.at(-1)!), key: key.fold("dense") });
    this.convolutions = sizes
      .slice(1)
      .map(
        ([, , inputs], i) =>
          new ConvTranspose2d({
            inputs,
            outputs: sizes[i]![2],
            size: filterFor(sizes[i]!),
            stride: 2,
            padding: 1,
            key: key.fold(i),
          }),
      )
      .reverse();
  }

  get variables(): Variables {
    return collect({ dense: this.dense, ...numbered(this.convolutions) });
  }

  /** z: [rows, latent]; gives [rows, height · width · channels]. */
  call(z: Tensor): Tensor {
    const rows = z.shape[0];
    const [height, width, channels] = this.sizes.at(-1)!;
    return tidy(() => {
      const small = reshape(this.dense.call(z), [rows, channels, height, width]);
      const image = this.convolutions.reduce((h, layer) => layer.call(relu(h)), small);
      return reshape(transpose(image, [0, 2, 3, 1]), [rows, -1]);
    });
  }
}

const numbered = (layers: readonly Layer[]): Record<string, Layer> =>
  Object.fromEntries(layers.map((layer, i) => [String(i), layer]));
