import {
  add,
  customGrad,
  mean,
  mul,
  ones,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  tidy,
  type GradSaveFunc,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** How channels share their moments. */
interface Sharing {
  /** Groups of channels of one image, or "batch": each channel by itself over all images. */
  readonly groups: number | "batch";
  readonly epsilon: number;
}

interface Moments {
  /** For each channel, of shape [count or 1, channels, 1]. */
  readonly centre: Tensor;
  readonly inverse: Tensor;
  /** Sums over the elements that share moments, for each channel again; x has a number for each channel. */
  readonly shared: (x: Tensor) => Tensor;
  /** How many elements share moments. */
  readonly count: number;
}

/** x: [count, channels, places]. */
function momentsOf(x: Tensor, { groups, epsilon }: Sharing): Moments {
  const [count, channels, places] = x.shape as [number, number, number];
  const inverseOf = (variance: Tensor): Tensor => rsqrt(add(variance, epsilon));
  if (groups === "batch") {
    const centre = mean(x, [0, 2], true);
    const variance = mean(square(sub(x, centre)), [0, 2], true);
    const shared = (each: Tensor): Tensor => sum(each, 0, true);
    return { centre, inverse: inverseOf(variance), shared, count: count * places };
  }
  const grouped = reshape(x, [count, groups, -1]);
  const centre = mean(grouped, -1, true);
  const variance = mean(square(sub(grouped, centre)), -1, true);
  const spread = (each: Tensor): Tensor =>
    reshape(mul(each, ones([1, 1, channels / groups])), [count, channels, 1]);
  return {
    centre: spread(centre),
    inverse: spread(inverseOf(variance)),
    shared: (each) => spread(sum(reshape(each, [count, groups, -1]), -1, true)),
    count: (channels / groups) * places,
  };
}

/**
 * (x - mean) / √(variance + ε) · scale + shift with moments over groups of channels or over the batch, in one
 * multiplication and addition per element, and its derivative from two sums per channel.
 *
 * x: [count, channels, height, width]; scale and shift: [channels].
 */
export function affineNormalised(x: Tensor, scale: Tensor, shift: Tensor, sharing: Sharing): Tensor {
  const recorded = customGrad((given, factor, offset, save) => {
    const inputs = [given, factor, offset] as Tensor[];
    // The engine clones what is saved on the tape, so second derivatives flow through it.
    (save as GradSaveFunc)(inputs);
    return {
      value: forward(inputs, sharing),
      gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(saved, dy, sharing),
    };
  });
  return tidy(() => recorded(x, scale, shift));
}

const flattened = (x: Tensor): Tensor => reshape(x, [x.shape[0], x.shape[1]!, -1]);
const perChannel = (each: Tensor): Tensor => reshape(each, [1, -1, 1]);

function forward([x, scale, shift]: readonly Tensor[], sharing: Sharing): Tensor {
  const flat = flattened(x!);
  const { centre, inverse } = momentsOf(flat, sharing);
  const factor = mul(perChannel(scale!), inverse);
  const y = add(mul(flat, factor), sub(perChannel(shift!), mul(centre, factor)));
  return reshape(y, x!.shape);
}

/** dx = a dy + b x + c, where a, b and c come from Σ dy and Σ dy (x - mean) of each channel. */
function gradients([x, scale]: readonly Tensor[], dy: Tensor, sharing: Sharing): Tensor[] {
  const [flat, g] = [flattened(x!), flattened(dy)];
  const { centre, inverse, shared, count } = momentsOf(flat, sharing);
  const gamma = perChannel(scale!);
  const total = sum(g, -1, true);
  const along = sub(sum(mul(g, flat), -1, true), mul(centre, total));
  const cubed = mul(mul(inverse, inverse), inverse);
  const b = mul(mul(cubed, shared(mul(gamma, along))), -1 / count);
  const c = sub(mul(mul(inverse, shared(mul(gamma, total))), -1 / count), mul(centre, b));
  const dx = add(mul(g, mul(gamma, inverse)), add(mul(flat, b), c));
  const channels = scale!.shape;
  return [
    reshape(dx, x!.shape),
    reshape(sum(mul(inverse, along), 0), channels),
    reshape(sum(total, 0), channels),
  ];
}
