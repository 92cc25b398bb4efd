import { download, isNumeric, isTensor, read, sizeOf, yField } from "../data/index.js";
import type { Column, Rows } from "../data/types.js";
import { has } from "./has.js";
import { likeliest } from "./likeliest.js";
import { classifier } from "./posterior.js";
import type { Capable } from "./types.js";

/** What a model predicts of rows: the likeliest name of each row, or of each element of a sequence. */
export interface Prediction {
  /** The labels, tags or hidden states that there are. */
  readonly names: readonly string[];
  /** One for each row or element, as an index into `names`. */
  readonly best: Int32Array;
  /** Of every name: [predicted, names]. */
  readonly probabilities: Float64Array;
  /** Their logarithms in nats, where a model tells those: also of probabilities too small to be told from 0. */
  readonly logProbabilities?: Float64Array;
  /** How many elements each row has; absent where rows are predicted as a whole. */
  readonly lengths?: Int32Array;
}

/**
 * What predicts a label of rows by a model's posterior over classes; where the label is of a sequence's elements, or
 * there is neither label nor class, their tags or hidden states by the likeliest path. Rows carry no labels. Undefined
 * for a model that can't tell what its label is of.
 */
export function predictor(model: Capable): ((x: Rows) => Promise<Prediction>) | undefined {
  const label = yField(model.spec)?.field;
  const chooser = label?.sequence === true ? undefined : classifier(model);
  if (chooser !== undefined)
    return async (x) => {
      const names = chooser.classes;
      const logProbabilities = await read(chooser.logPosterior(x));
      const probabilities = logProbabilities.map(Math.exp);
      return { names, best: likeliest(logProbabilities, names.length), probabilities, logProbabilities };
    };
  const isOfElements = label === undefined || label.sequence === true;
  return isOfElements && has(model, "sequence") ? (x) => elements(model, x) : undefined;
}

async function elements(model: Capable<"sequence">, x: Rows): Promise<Prediction> {
  const path = await plain(model.viterbi(x), x.length);
  const marginals = await plain(model.marginals(x), x.length);
  const field = yField(model.spec)?.field;
  const tags = field?.type === "category" && field.sequence === true ? field.names : undefined;
  return {
    names: tags ?? Array.from({ length: sizeOf(marginals.shape) }, (_, i) => String(i)),
    best: Int32Array.from(path.data),
    probabilities: Float64Array.from(marginals.data),
    lengths: path.lengths,
  };
}

/** A ragged column in JavaScript arrays; a tensor is disposed. */
async function plain(column: Column, length: number) {
  const { own } = (await download({ length, columns: { own: column } })).columns;
  if (isTensor(column.data)) column.data.dispose();
  const { data, shape, lengths } = own!;
  if (!isNumeric(data) || lengths === undefined)
    throw new TypeError("What a sequence's elements go through is a ragged column of numbers.");
  return { data, shape, lengths };
}
