import { max, mean, mul, ones, reshape, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "@gen/core";

/** [count, channels, height, width] as tiles: [count, channels, rows, size, columns, size]. */
function tiles(x: Tensor, size: number): Tensor {
  const [count, channels, height, width] = x.shape as [number, number, number, number];
  if (x.rank !== 4 || height % size !== 0 || width % size !== 0)
    throw new InputError(
      `Pooling by ${size} was given the shape [${x.shape.join(", ")}]; ` +
        `it takes [count, channels, height, width] with sides that are multiples of ${size}.`,
    );
  return reshape(x, [count, channels, height / size, size, width / size, size]);
}

/** The largest number of each tile of size × size. x: [count, channels, height, width], sides multiples of size. */
export const maxPool = (x: Tensor, size: number): Tensor => tidy(() => max(tiles(x, size), [3, 5]));

/** The mean of each tile of size × size. x: [count, channels, height, width], sides multiples of size. */
export const averagePool = (x: Tensor, size: number): Tensor => tidy(() => mean(tiles(x, size), [3, 5]));

/** Each pixel `factor` times in both directions. x: [count, channels, height, width]. */
export const upsampleNearest = (x: Tensor, factor: number): Tensor =>
  tidy(() => {
    const [count, channels, height, width] = x.shape as [number, number, number, number];
    const apart = reshape(x, [count, channels, height, 1, width, 1]);
    const repeated = mul(apart, ones([1, 1, 1, factor, 1, factor]));
    return reshape(repeated, [count, channels, height * factor, width * factor]);
  });
