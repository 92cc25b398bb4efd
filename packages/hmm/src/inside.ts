import { InputError, type AnyInstance, type Rows } from "@gen/core";
import { Hmm } from "./model.js";

/**
 * The hidden Markov model inside an instance, with rows of the data as it sees them (texts as symbols): for what no
 * capability speaks of, such as the best paths, filtering, and the parameters.
 * @throws InputError when the instance is of another family.
 */
export function inside(
  model: Pick<AnyInstance, "inner" | "encoding">,
  x: Rows,
): { readonly hmm: Hmm; readonly rows: Rows } {
  if (!(model.inner instanceof Hmm)) throw new InputError("This model is not a hidden Markov model.");
  return { hmm: model.inner, rows: model.encoding.encode(x) };
}
