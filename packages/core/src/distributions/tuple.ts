import type { Tensor } from "@tensorflow/tfjs-core";
import { add, tidy } from "../backend/engine.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/index.js";
import type { Shape } from "../types.js";
import { having } from "./statistic.js";
import type { Distribution, HasMean } from "./types.js";

/** The joint distribution of independent parts in a list; see `tuple`. */
class Tuple implements Distribution<readonly Tensor[]>, HasMean<readonly Tensor[]> {
  readonly family = "Tuple";
  readonly batchShape: Shape;
  readonly eventShape: Shape = [];

  constructor(readonly parts: readonly Distribution[]) {
    const [first, ...rest] = parts;
    if (first === undefined) throw new InputError("tuple: there is no part; give at least one.");
    this.batchShape = first.batchShape;
    const other = rest.find((part) => part.batchShape.join() !== first.batchShape.join());
    if (other === undefined) return;
    throw new InputError(
      `tuple: parts have the batch shapes [${first.batchShape.join(", ")}] and [${other.batchShape.join(", ")}]; make them equal.`,
    );
  }

  sample(key: Key, shape: Shape = []): readonly Tensor[] {
    return tidy(() => this.parts.map((part, i) => part.sample(key.fold(i), shape)));
  }

  logProb(x: readonly Tensor[]): Tensor {
    if (x.length !== this.parts.length)
      throw new InputError(`tuple: ${x.length} values for ${this.parts.length} parts; give one for each.`);
    return tidy(() => this.parts.map((part, i) => part.logProb(x[i]!)).reduce((sum, each) => add(sum, each)));
  }

  mean(): readonly Tensor[] {
    return tidy(() => this.parts.map((part) => having(part, "mean").mean()));
  }
}

/**
 * The joint distribution of independent parts, whose values are lists with one tensor for each:
 * log p = Σ over parts of each one's log p. A list of latents of several scales has such a prior.
 *
 * Samples are the caller's to dispose of. The mean is there when every part has one. Throws `InputError` without a part,
 * and when batch shapes differ.
 */
export const tuple = (
  ...parts: readonly Distribution[]
): Distribution<readonly Tensor[]> & HasMean<readonly Tensor[]> => new Tuple(parts);
