import type { Tensor } from "@tensorflow/tfjs-core";
import {
  add,
  all,
  concat,
  cumsum,
  exp,
  expandDims,
  greater,
  log,
  logicalAnd,
  makeTensor,
  neg,
  scalar,
  slice,
  sub,
  sum,
  tidy,
  where,
} from "../backend/engine.js";
import { sumsToOne } from "../distributions/simplex.js";
import { InputError } from "../errors.js";
import { logSigmoid } from "../math/index.js";
import type { Shape } from "../types.js";
import { tidyPair } from "./tidy-pair.js";
import type { Bijector, WithLogDet } from "./types.js";

/**
 * Vectors of n numbers onto the inside of the simplex of n + 1 parts. Each number breaks a share off what is left of a
 * stick, σ(z_i - log(n - i)) with i from 0, so that z = 0 gives equal parts; the last part is what remains.
 * log |det| = Σ [log σ(s_i) + log σ(-s_i) + log left_i], with s_i the shifted number, for the first n parts as
 * coordinates. Throws `InputError` for a simplex of one part.
 * Source: The Stan modeling language reference, "Simplex transform" (Stan Development Team).
 */
export class StickBreaking implements Bijector {
  readonly eventRank = 1;
  readonly constantLogDet = false;

  forwardShape(shape: Shape): Shape {
    return [...shape.slice(0, -1), sizeOf(shape) + 1];
  }

  inverseShape(shape: Shape): Shape {
    if (sizeOf(shape) > 1) return [...shape.slice(0, -1), sizeOf(shape) - 1];
    throw new InputError("StickBreaking: a simplex of one part has no inside; give two parts or more.");
  }

  forward(z: Tensor): Tensor {
    return tidy(() => broken(z).value);
  }

  inverse(x: Tensor): Tensor {
    return tidy(() => where(expandDims(isInside(x), -1), this.glued(x), scalar(NaN)));
  }

  forwardWithLogDet(z: Tensor): WithLogDet {
    return tidyPair(() => broken(z));
  }

  inverseWithLogDet(x: Tensor): WithLogDet {
    return tidyPair(() => {
      const inside = isInside(x);
      // Double where, as in elementwise bijectors: outside, the formulas see equal parts.
      const value = this.glued(where(expandDims(inside, -1), x, scalar(1 / sizeOf(x.shape))));
      return { value, logDet: where(inside, neg(broken(value).logDet), scalar(-Infinity)) };
    });
  }

  /** z_i = log x_i - log Σ_{j > i} x_j + log(n - i). */
  private glued(x: Tensor): Tensor {
    const shape = [...this.inverseShape(x.shape)];
    const axis = x.rank - 1;
    const begin = shape.map(() => 0);
    const after = slice(cumsum(x, axis, true, true), begin, shape);
    return add(sub(log(slice(x, begin, shape)), log(after)), offsets(shape));
  }
}

function broken(z: Tensor): WithLogDet {
  const axis = z.rank - 1;
  const shifted = sub(z, offsets(z.shape));
  const [share, rest] = [logSigmoid(shifted), logSigmoid(neg(shifted))];
  const parts = add(share, cumsum(rest, axis, true));
  const value = exp(concat([parts, sum(rest, axis, true)], axis));
  return { value, logDet: sum(add(parts, rest), axis) };
}

/** log(n - i). */
const offsets = (shape: Shape): Tensor =>
  makeTensor(Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.log(sizeOf(shape) - i)));

const isInside = (x: Tensor): Tensor => logicalAnd(all(greater(x, 0), -1), sumsToOne(x));

const sizeOf = (shape: Shape): number => shape.at(-1) ?? 0;
