import type { Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "@gen/core";

/** One number for height and width, or one for each. */
export type Pair = number | readonly [number, number];

export const pair = (value: Pair): [number, number] =>
  typeof value === "number" ? [value, value] : [value[0], value[1]];

/** Images must be [count, channels, height, width]. Throws `InputError`. */
export function checkChannels(who: string, x: Tensor, channels: number): void {
  if (x.rank === 4 && x.shape[1] === channels) return;
  throw new InputError(
    `${who} of ${channels} channels was given the shape [${x.shape.join(", ")}]; ` +
      `it takes [count, ${channels}, height, width].`,
  );
}
