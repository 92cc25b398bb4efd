import type { GradConfig, Tensor } from "@tensorflow/tfjs-core";
import { add, pad, reverse, slice } from "../engine.js";
import { fromInputs } from "./gradient.js";

/** Mirror padding's gradient: TensorFlow.js drops the share of the mirrored borders, here they are folded back. */
export const mirrorPadGradient = (): GradConfig =>
  fromInputs("MirrorPad", ["x"], (dy, [x], attributes) => ({
    x: () => {
      const paddings = [attributes["paddings"]].flat(1).map((pair) => [pair].flat().map(Number));
      const edge = attributes["mode"] === "reflect" ? 1 : 0;
      return paddings.reduce(
        (folded, [before, after], axis) => fold(folded, axis, x!.shape[axis]!, before!, after!, edge),
        dy,
      );
    },
  }));

/** The adjoint of mirror padding along one axis of the given size; `edge` is 1 where the edge isn't repeated. */
function fold(dy: Tensor, axis: number, size: number, before: number, after: number, edge: number): Tensor {
  const part = (begin: number, count: number): Tensor =>
    slice(
      dy,
      dy.shape.map((_, i) => (i === axis ? begin : 0)),
      dy.shape.map((all, i) => (i === axis ? count : all)),
    );
  const placed = (border: Tensor, begin: number, count: number): Tensor =>
    pad(
      reverse(border, axis),
      dy.shape.map((_, i): [number, number] => (i === axis ? [begin, size - begin - count] : [0, 0])),
    );
  let folded = part(before, size);
  if (before > 0) folded = add(folded, placed(part(0, before), edge, before));
  if (after > 0) folded = add(folded, placed(part(before + size, after), size - edge - after, after));
  return folded;
}
