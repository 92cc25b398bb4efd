import { whiten } from "../mixture/gaussian.js";
import type { Mixture } from "../mixture/mixture.js";
import type { QuadraticFeatures } from "./quadratic-features.js";

/** A mixture as coefficients of features: log (weight_k N(x; k)) = features(x) · row k. */
export interface QuadraticForm {
  /** [components, width] */
  readonly coefficients: Float64Array;
  /** The largest sum of a component's coefficients in magnitude: the digits that cancel. */
  readonly magnitude: number;
}

/** A weight of 0, as a logarithm that products can bear. */
const impossible = -1e5;

/** The coefficients of every component. @throws InputError when a covariance is not positive definite. */
export function quadraticForm(mixture: Mixture, features: QuadraticFeatures): QuadraticForm {
  const { components: k, columns: d } = mixture;
  const { width, centre, scale, isFull } = features;
  const coefficients = new Float64Array(k * width);
  let magnitude = 0;
  const mean = new Float64Array(d);
  for (let component = 0; component < k; component++) {
    const own = coefficients.subarray(component * width, (component + 1) * width);
    const { inverse, constant, isDiagonal, mean: centreOfComponent } = whiten(mixture, component);
    for (let j = 0; j < d; j++) mean[j] = (centreOfComponent[j]! - centre[j]!) / scale[j]!;
    const linear = width - d - 1;
    let distance = 0;
    let place = 0;
    const add = (i: number, j: number, precision: number): void => {
      own[place++] = i === j ? -precision / 2 : -precision;
      own[linear + i]! += precision * mean[j]!;
      if (i !== j) own[linear + j]! += precision * mean[i]!;
      distance += (i === j ? 1 : 2) * precision * mean[i]! * mean[j]!;
    };
    if (isDiagonal) for (let j = 0; j < d; j++) add(j, j, (inverse[j]! * scale[j]!) ** 2);
    else if (isFull)
      for (let i = 0; i < d; i++) {
        for (let j = i; j < d; j++) {
          let precision = 0;
          for (let row = j; row < d; row++) precision += inverse[row * d + i]! * inverse[row * d + j]!;
          add(i, j, precision * scale[i]! * scale[j]!);
        }
      }
    magnitude = Math.max(
      magnitude,
      own.reduce((sum, value) => sum + Math.abs(value), distance / 2),
    );
    own[width - 1] = Math.max(constant, impossible) - distance / 2;
  }
  return { coefficients, magnitude };
}
