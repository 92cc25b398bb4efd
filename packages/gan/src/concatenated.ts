import { addN, concat, slice, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Distribution, Key, Shape } from "@gen/core";

/** Independent vectors one after another, as one vector. */
export class Concatenated implements Distribution {
  readonly family = "Concatenated";
  readonly batchShape: Shape = [];
  readonly eventShape: Shape;

  constructor(private readonly parts: readonly Distribution[]) {
    this.eventShape = [parts.reduce((size, part) => size + part.eventShape[0]!, 0)];
  }

  sample(key: Key, shape: Shape = []): Tensor {
    return tidy(() =>
      concat(
        this.parts.map((part, i) => part.sample(key.fold(i), shape)),
        -1,
      ),
    );
  }

  logProb(x: Tensor): Tensor {
    return tidy(() => {
      let from = 0;
      const before = new Array<number>(x.rank - 1).fill(0);
      const rest = x.shape.slice(0, -1);
      return addN(
        this.parts.map((part) => {
          const size = part.eventShape[0]!;
          const own = slice(x, [...before, from], [...rest, size]);
          from += size;
          return part.logProb(own);
        }),
      );
    });
  }
}
