import { add, tidy, zeros, type Tensor } from "@tensorflow/tfjs-core";
import type { Architecture } from "./architecture.js";

/** The latents of data [rows, ...shape], and log |det dz/dx| of each row, in nats. */
export function toLatent(
  architecture: Architecture,
  x: Tensor,
  classes?: Tensor,
): { readonly z: readonly Tensor[]; readonly logDet: Tensor } {
  const [logDet, ...z] = tidy((): Tensor[] => {
    let value: readonly Tensor[] = [x];
    const logDets: Tensor[] = [];
    for (const step of [...architecture.steps(classes)].reverse()) {
      const result = step.inverseWithLogDet(value);
      value = result.value;
      if (!step.rearranges) logDets.push(result.logDet);
    }
    const [first = zeros([x.shape[0]]), ...rest] = logDets;
    return [rest.reduce((a, b) => add(a, b), first), ...value];
  });
  return { z, logDet: logDet! };
}

/** The data of latents. */
export const fromLatent = (architecture: Architecture, z: readonly Tensor[], classes?: Tensor): Tensor =>
  tidy(() => architecture.steps(classes).reduce((value, step) => step.forward(value), z)[0]!);

/** log p(x) of each row, in nats: log p(z) + log |det dz/dx|. */
export const logProb = (architecture: Architecture, x: Tensor, classes?: Tensor): Tensor =>
  tidy(() => {
    const { z, logDet } = toLatent(architecture, x, classes);
    return add(architecture.base.logProb(z), logDet);
  });
