import { download, isNumeric, isTensor, read, sizeOf, yField } from "../data/index.js";
import type { Column, Rows } from "../data/types.js";
import { has } from "./has.js";
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
  /** How many elements each row has; absent where rows are predicted as a whole. */
  readonly lengths?: Int32Array;
}

/**
 * What predicts the labels of rows by a model's posterior over classes, else the tags, or without tags the hidden
 * states, of the elements of sequences by their likeliest path. Rows carry no labels. Undefined for a model that can
 * tell neither.
 */
export function predictor(model: Capable): ((x: Rows) => Promise<Prediction>) | undefined {
  const chooser = classifier(model);
  if (chooser !== undefined)
    return async (x) => {
      const names = chooser.classes;
      const probabilities = (await read(chooser.logPosterior(x))).map(Math.exp);
      return { names, best: largest(probabilities, names.length), probabilities };
    };
  return has(model, "sequence") ? (x) => elements(model, x) : undefined;
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

/** The place of the largest of each `width` numbers, the first of equals. */
const largest = (values: Float64Array, width: number): Int32Array =>
  Int32Array.from({ length: values.length / width }, (_, row) => {
    const own = values.subarray(row * width, (row + 1) * width);
    return own.reduce((best, value, at) => (value > own[best]! ? at : best), 0);
  });

/** A ragged column in JavaScript arrays; a tensor is disposed. */
async function plain(column: Column, length: number) {
  const { own } = (await download({ length, columns: { own: column } })).columns;
  if (isTensor(column.data)) column.data.dispose();
  const { data, shape, lengths } = own!;
  if (!isNumeric(data) || lengths === undefined)
    throw new TypeError("What a sequence's elements go through is a ragged column of numbers.");
  return { data, shape, lengths };
}
