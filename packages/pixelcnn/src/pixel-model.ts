import { add, logSoftmax, mul, sum, tidy, type Tensor } from "@tensorflow/tfjs-core";
import {
  restoreVariables,
  tensor,
  variablesState,
  type Capable,
  type Conditional,
  type DataSpec,
  type NamedArray,
  type Rows,
  type TensorFunction,
} from "@gen/core";
import { disposeAll, type Variables } from "@gen/nn";
import { conditionOf, givenIn } from "./given.js";
import type { Pixels } from "./pixels.js";
import { PixelView } from "./view.js";

/** A model of images pixel by pixel, which owns its network. With labels it is the joint p(x, y) = p(y) p(x | y). */
export class PixelModel extends PixelView implements Conditional<"density" | "sample"> {
  /** The label, and the first pixels of an image to complete. */
  readonly condition: DataSpec;
  readonly variables: Variables;

  constructor(pixels: Pixels) {
    super({ pixels, prefix: new Int32Array(0) }, ["conditional"]);
    this.condition = conditionOf(pixels);
    this.variables = pixels.variables;
  }

  /**
   * The model of images with a label, of how images go on, or of both. Pixels are given in raster order: those after
   * the first missing one (-1) must be missing too. @throws InputError for other pixels, and unless one row is given.
   */
  given(condition: Rows): Capable<"density" | "sample"> {
    return new PixelView(givenIn(this.pixels, condition));
  }

  /** log p(x), with labels log p(x, y), of each row of a batch to learn from: [rows], in nats. */
  logLikelihood(batch: Rows): Tensor {
    return tidy(() => {
      const { pixels } = this;
      const levels = pixels.tensor(batch);
      if (!pixels.label) return sum(pixels.logProbs(levels), 1);
      const label = pixels.oneHot(tensor(batch, pixels.label.name));
      const logPrior = sum(mul(label, logSoftmax(pixels.prior!)), 1);
      return add(sum(pixels.logProbs(levels, label), 1), logPrior);
    });
  }

  /** Images, and labels where there are some, to the log-probabilities of all levels of every pixel. */
  get functions(): Readonly<Record<string, TensorFunction>> {
    const { pixels } = this;
    const { image, label } = pixels;
    return {
      pixels: {
        inputs: {
          [image.name]: { shape: image.field.shape, dtype: "int32" },
          ...(label && { [label.name]: { shape: [], dtype: "int32" } }),
        },
        outputs: ["logProb"],
        call: (inputs) => ({
          logProb: pixels.distributions(inputs[image.name]!, label && inputs[label.name]),
        }),
      },
    };
  }

  state(): Promise<ReadonlyMap<string, NamedArray>> {
    return variablesState(this.variables);
  }

  restore(state: ReadonlyMap<string, NamedArray>): void {
    restoreVariables(this.variables, state);
  }

  [Symbol.dispose](): void {
    disposeAll(this.variables);
  }
}
