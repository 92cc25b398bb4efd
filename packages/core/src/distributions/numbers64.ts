import type { Shape } from "../types.js";
import { expand, sizeOf } from "./shapes.js";
import type { Parameter } from "./shapes.js";

/** The parameter's numbers broadcast to the shape, for samplers in JavaScript. Call it inside `tidy`. */
export const numbers64 = (value: Parameter, shape: Shape): Float64Array =>
  typeof value === "number"
    ? new Float64Array(sizeOf(shape)).fill(value)
    : Float64Array.from(expand(value, shape).dataSync());
