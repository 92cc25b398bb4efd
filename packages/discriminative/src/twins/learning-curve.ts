import {
  all,
  classifier,
  classify,
  column,
  fit,
  has,
  InputError,
  instantiate,
  isNumeric,
  subset,
  withoutLabels,
  yField,
  type AnyInstance,
  type Dataset,
  type Key,
  type Of,
  type Plugin,
  type Rows,
  type Schema,
} from "@gen/core";
import { permutation } from "@gen/core/random";

/** A kind of model to be compared: a plugin with its settings. */
export interface Contestant {
  readonly plugin: Plugin;
  readonly config?: Partial<Of<Schema>>;
  readonly training?: Partial<Of<Schema>>;
  /** Steps at most; by default the manifest's. */
  readonly steps?: number;
}

export interface LearningCurveOptions {
  readonly models: Readonly<Record<string, Contestant>>;
  /** Labelled data: with one class a row, or one tag for each element. */
  readonly data: Dataset;
  /** Labelled data that no model learns from. */
  readonly test: Dataset;
  /** Rows to learn from. */
  readonly sizes: readonly number[];
  /** Random choices of rows for each size. */
  readonly seeds: number;
  readonly key: Key;
  readonly signal?: AbortSignal;
}

/** Accuracy after learning from so many rows: mean and standard deviation over the choices of rows. */
export interface CurvePoint {
  readonly model: string;
  readonly size: number;
  readonly accuracy: number;
  readonly deviation: number;
  readonly accuracies: readonly number[];
}

/**
 * How well models tell labels from rows, by how many rows they learned from: the share of right classes, or of right
 * tags. For each seed all models get the same rows, and a larger size has the smaller one's rows among its own.
 * Throws `InputError` for sizes beyond the data and for models that tell no labels.
 * Source: On discriminative vs. generative classifiers: a comparison of logistic regression and naive Bayes (Ng &
 * Jordan, 2001).
 */
export async function* learningCurve(
  options: LearningCurveOptions,
): AsyncGenerator<CurvePoint, void, undefined> {
  const { data, test, models, sizes, seeds, key, signal } = options;
  const wrong = sizes.find((size) => !(Number.isSafeInteger(size) && size >= 1 && size <= data.length));
  if (wrong !== undefined)
    throw new InputError(`learningCurve: ${wrong} rows can't be taken of ${data.length}.`);
  if (!(Number.isSafeInteger(seeds) && seeds >= 1))
    throw new InputError(`learningCurve: seeds must be a whole number of at least 1, not ${seeds}.`);
  const label = yField(test.spec);
  if (label === undefined) throw new InputError("learningCurve: the data have no labels.");
  const truth = labelsOf(await all(test), label.name);
  const asked = await all(withoutLabels(test));
  const orders = Array.from({ length: seeds }, (_, seed) =>
    permutation(key.fold("rows").fold(seed), data.length),
  );
  for (const size of sizes) {
    for (const [name, contestant] of Object.entries(models)) {
      const accuracies: number[] = [];
      for (const [seed, order] of orders.entries()) {
        signal?.throwIfAborted();
        const rows = subset(data, order.subarray(0, size));
        const found = await told(contestant, { rows, asked, name, key: key.fold(name).fold(seed), signal });
        accuracies.push(shareOf(found, truth));
      }
      yield { model: name, size, ...summary(accuracies), accuracies };
    }
  }
}

interface Lesson {
  readonly rows: Dataset;
  readonly asked: Rows;
  readonly name: string;
  readonly key: Key;
  readonly signal: AbortSignal | undefined;
}

/** What a model that learned from rows tells of others. */
async function told(
  { plugin, config = {}, training = {}, steps = plugin.manifest.budget.steps }: Contestant,
  { rows, asked, name, key, signal }: Lesson,
): Promise<ArrayLike<number>> {
  const model: AnyInstance = await instantiate(plugin, { data: rows, config, key: key.fold("model") });
  try {
    const trainer = model.trainer(training);
    try {
      const run = fit(model, trainer, rows, { key: key.fold("fit"), steps, ...(signal && { signal }) });
      for await (const event of run)
        if (event.type === "end" && event.reason === "aborted") signal?.throwIfAborted();
    } finally {
      trainer[Symbol.dispose]();
    }
    const label = yField(rows.spec)!.field;
    const classes = label.sequence === true ? undefined : classifier(model);
    if (classes) return await classify(classes, asked);
    if (label.sequence === true && has(model, "sequence")) return labelsIn(model.viterbi(asked), name);
    throw new InputError(`learningCurve: "${name}" tells neither classes of rows nor tags of elements.`);
  } finally {
    model[Symbol.dispose]();
  }
}

const labelsOf = (x: Rows, name: string): ArrayLike<number> => labelsIn(column(x, name), name);

function labelsIn({ data }: ReturnType<typeof column>, name: string): ArrayLike<number> {
  if (isNumeric(data)) return data;
  throw new InputError(`learningCurve: "${name}" has no labels in JavaScript numbers.`);
}

function shareOf(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  if (found.length !== truth.length)
    throw new InputError(`learningCurve: ${found.length} labels were told where there are ${truth.length}.`);
  let right = 0;
  for (let i = 0; i < truth.length; i++) if (found[i] === truth[i]) right++;
  return right / truth.length;
}

function summary(values: readonly number[]): { readonly accuracy: number; readonly deviation: number } {
  const accuracy = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - accuracy) ** 2, 0);
  return { accuracy, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

/**
 * The size from which on one model is better than another, interpolated on a logarithmic scale; undefined where none
 * overtakes. Of several such sizes the last.
 */
export function crossing(points: readonly CurvePoint[], ahead: string, behind: string): number | undefined {
  const of = (name: string) =>
    new Map(points.flatMap((p) => (p.model === name ? [[p.size, p.accuracy]] : [])));
  const [first, second] = [of(ahead), of(behind)];
  const gaps = [...first]
    .flatMap(([size, accuracy]) => (second.has(size) ? [{ size, gap: accuracy - second.get(size)! }] : []))
    .sort((a, b) => a.size - b.size);
  for (let i = gaps.length - 1; i > 0; i--) {
    const [a, b] = [gaps[i - 1]!, gaps[i]!];
    if (a.gap <= 0 && b.gap > 0)
      return Math.exp(Math.log(a.size) + (-a.gap / (b.gap - a.gap)) * Math.log(b.size / a.size));
  }
  return undefined;
}
