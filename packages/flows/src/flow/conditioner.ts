import { add, relu, reshape, tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "@gen/core";
import { collect, Conv2d, Dense, zeros, type Layer, type Variables } from "@gen/nn";

/** What a conditioner takes and gives: numbers of a vector, or channels of an image. */
export interface ConditionerShape {
  readonly over: "vectors" | "images";
  readonly inputs: number;
  readonly outputs: number;
  readonly hidden: number;
  /** 0: it depends on no class. */
  readonly classes: number;
}

/** Filters' heights and widths in images. */
const filters = [3, 1, 3] as const;

const widthsOf = ({ inputs, outputs, hidden }: ConditionerShape): readonly [number, number][] => [
  [inputs, hidden],
  [hidden, hidden],
  [hidden, outputs],
];

/** How many parameters a conditioner has. */
export function parametersOf(shape: ConditionerShape): number {
  const areas = shape.over === "images" ? filters.map((size) => size ** 2) : [1, 1, 1];
  const layers = widthsOf(shape).reduce((sum, [from, to], i) => sum + from * to * areas[i]! + to, 0);
  return layers + shape.classes * shape.hidden;
}

/**
 * Two rectified hidden layers and a linear output that begins at zero: dense for vectors, convolutions of 3×3, 1×1 and
 * 3×3 for images. A class adds a vector to the first hidden layer.
 */
export class Conditioner implements Layer {
  readonly variables: Variables;
  private readonly first: Dense | Conv2d;
  private readonly second: Dense | Conv2d;
  private readonly last: Dense | Conv2d;
  private readonly classes: Dense | undefined;

  constructor(shape: ConditionerShape, key: Key) {
    const layer = (i: 0 | 1 | 2): Dense | Conv2d => {
      const [inputs, outputs] = widthsOf(shape)[i]!;
      const options = { inputs, outputs, key: key.fold(i), ...(i === 2 && { weight: zeros, biases: zeros }) };
      if (shape.over === "vectors") return new Dense(options);
      return new Conv2d({ ...options, size: filters[i], padding: "same" });
    };
    [this.first, this.second, this.last] = [layer(0), layer(1), layer(2)];
    const { classes, hidden } = shape;
    this.classes =
      classes > 0
        ? new Dense({ inputs: classes, outputs: hidden, bias: false, key: key.fold("classes") })
        : undefined;
    const { first, second, last } = this;
    this.variables = collect({ first, second, last, ...(this.classes && { classes: this.classes }) });
  }

  /** x: [rows, inputs] or [rows, inputs, height, width]; classes: one-hot, [rows or 1, classes]. */
  call(x: Tensor, classes?: Tensor): Tensor {
    return tidy(() => {
      const h = this.first.call(x);
      const steered = classes && this.classes ? add(h, along(this.classes.call(classes), h)) : h;
      return this.last.call(relu(this.second.call(relu(steered))));
    });
  }
}

/** Vectors, of which each number stands for a whole channel where there are images. */
const along = (values: Tensor, { rank }: Tensor): Tensor =>
  rank === 4 ? reshape(values, [...values.shape, 1, 1]) : values;
