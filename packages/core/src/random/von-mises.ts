import { type Parameter, readParameter } from "./checks.js";
import { drawElements } from "./draw-elements.js";
import type { ElementSource } from "./element-source.js";
import type { Key } from "./types.js";

/**
 * `count` angles in (-pi, pi) of the von Mises distribution around 0, density proportional to
 * exp(concentration · cos angle), exactly by rejection from a wrapped Cauchy; no element depends on another. One
 * concentration for all, or one each; 0 is the uniform angle.
 *
 * Source: Efficient simulation of the von Mises distribution (Best, Fisher, 1979).
 *
 * @throws InputError if a concentration does not lie from 0 to 1e150.
 * @throws Error in development if the key object was drawn from before.
 */
export function vonMises(key: Key, concentration: Parameter, count: number): Float64Array {
  const at = readParameter("The concentration", concentration, count, { lowest: 0, highest: 1e150 });
  return drawElements(key, count, (source, i) => vonMisesDraw(source, at(i)));
}

function vonMisesDraw(source: ElementSource, concentration: number): number {
  // The envelope is 1 / (s - cos angle) with the paper's s = (1 + sqrt(1 + 4 k^2)) / (2 k). Kept is k (s - 1)
  // instead of s, which neither cancels for large k nor overflows for k = 0.
  const k = concentration;
  const gap = 0.5 * (1 + 1 / (Math.hypot(1, 2 * k) + 2 * k));
  const width = Math.sqrt(gap / (gap + 2 * k));
  for (;;) {
    const tangent = width * Math.tan(Math.PI * (source.uniform() - 0.5));
    const ratio = gap + (2 * k * tangent * tangent) / (1 + tangent * tangent); // k (s - cos angle)
    if (Math.log(ratio) + 1 - ratio >= Math.log(source.uniform())) return 2 * Math.atan(tangent);
  }
}
