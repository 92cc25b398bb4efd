import { InputError, type Key, type Rows } from "@gen/core";
import { namesOf } from "../columns.js";
import { expectation } from "../em/expectation.js";
import { maximisation } from "../em/maximisation.js";
import { moments } from "../em/moments.js";
import { prepare } from "../em/prepared.js";
import { standard } from "../mixture/mixture.js";
import type { Gmm } from "../model.js";
import { startFromRows, type Start, type StartKind } from "../starts/start.js";
import { chunkOf, joined } from "./chunk-of.js";
import type { Numbers } from "./chunk.js";
import { columnStatistics } from "./column-statistics.js";
import type { DataStatistics } from "./data-statistics.js";

export interface BeginOptions {
  /** `continue` goes on from the model's parameters. */
  readonly start: StartKind | "continue";
  readonly restarts: number;
  readonly key: Key;
}

/**
 * Looks at the data before the first sweep: notes what is known of them, and gives the moments that each class and
 * start begins with.
 * @throws InputError for classes with fewer rows than components and for a column without any value.
 */
export function begin(
  model: Gmm,
  known: DataStatistics,
  data: Iterable<Rows>,
  { start, restarts, key }: BeginOptions,
): readonly (readonly Start[])[] {
  const chunks = Array.from(data, (x) => chunkOf(model, x));
  const parts = model.shares.mixtures.map((_, c) => joined(chunks, c));
  parts.forEach((part, c) => enoughRows(model, c, part));
  const all = columnStatistics(parts, model.columns);
  const empty = all.present.findIndex((weight) => weight === 0);
  if (empty !== -1)
    throw new InputError(
      `The column "${namesOf(model.spec)[empty]!}" has no value in any row: leave it out of the data.`,
    );
  const large = all.variances.findIndex((variance) => !Number.isFinite(variance));
  if (large !== -1)
    throw new InputError(
      `The column "${namesOf(model.spec)[large]!}" holds numbers so large that their variance is none: divide them by a power of ten.`,
    );
  known.variances = all.variances;
  known.rows = Float64Array.from(
    parts,
    ({ x, weights }) => weights?.reduce((sum, weight) => sum + weight, 0) ?? x.length / model.columns,
  );
  const { type, components } = model.shares.mixtures[0]!;
  const { columns } = model;
  // Codes share one scale, which means something; columns of a table have units of their own.
  const scale = all.variances.map((variance) =>
    model.spec.kind === "codes" || variance === 0 ? 1 : Math.sqrt(variance),
  );
  return parts.map((part, c) => {
    const { means } = columnStatistics([part], columns);
    const filled = part.x.map((value, i) => {
      const mean = means[i % columns]!;
      return Number.isNaN(value) ? mean : value;
    });
    noteClass(known, c, filled, part.weights, model);
    if (start === "continue") {
      const about = model.shares.mixtures[c]!;
      const taken = expectation(about, prepare(part.x, columns, { weights: part.weights }));
      return Array.from({ length: restarts }, () => ({ about, moments: taken }));
    }
    return Array.from({ length: restarts }, (_, restart) =>
      startFromRows(filled, {
        kind: start,
        type,
        components,
        columns,
        scale,
        weights: part.weights,
        key: key.fold(c).fold(restart),
      }),
    );
  });
}

/** Notes the one Gaussian of a class's rows. */
function noteClass(
  known: DataStatistics,
  c: number,
  filled: Float64Array,
  weights: Float64Array | undefined,
  model: Gmm,
): void {
  const { columns } = model;
  const about = standard(model.shares.mixtures[0]!.type, 1, columns);
  const shares = weights ?? new Float64Array(filled.length / columns).fill(1);
  const none = new Float64Array(columns);
  const centred = maximisation(about, moments(about, filled, shares), none);
  // Twice, so that the second moments are taken about the mean.
  const { means, covariances } = maximisation(centred, moments(centred, filled, shares), none);
  known.means.set(means, c * columns);
  known.covariances.set(covariances, c * covariances.length);
}

function enoughRows(model: Gmm, c: number, { x, weights }: Numbers): void {
  const { components } = model.config;
  const rows = weights?.reduce((sum, weight) => sum + Number(weight > 0), 0) ?? x.length / model.columns;
  if (rows >= components) return;
  const name = model.classes[c];
  if (rows === 0)
    throw new InputError(
      name === undefined
        ? "There are no rows to fit a mixture to."
        : `The class "${name}" has no rows that count: give some, or leave the class out of the labels.`,
    );
  throw new InputError(
    `There ${rows === 1 ? "is 1 row" : `are ${rows} rows`}${name === undefined ? "" : ` of class "${name}"`} for ${components} components: give more rows or set components to at most ${rows}.`,
  );
}
