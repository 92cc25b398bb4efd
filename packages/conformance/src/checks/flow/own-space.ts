import type { Tensor } from "@tensorflow/tfjs-core";
import { demand, downloadSync, type AnyInstance, type Capable, type Rows } from "@gen/core";
import type { Subject } from "../../subject.js";

/** The flow in its own space, where nothing is rounded to the data's levels. */
export const inOwnSpace = (model: AnyInstance): Capable<"flow"> => demand(model.inner, "flow");

/** Rows as they are in the model's own space, in JavaScript arrays; call it inside `tidied`. */
export const ownRows = ({ encoding }: AnyInstance, x: Rows, { key }: Subject): Rows =>
  downloadSync(encoding.encode(x, encoding.stochastic ? key.fold("own-rows") : undefined));

/** All numbers of a list of latents, tensor by tensor. */
export const numbersOf = (z: readonly Tensor[]): Float64Array =>
  Float64Array.from(z.flatMap((part) => Array.from(part.dataSync())));
