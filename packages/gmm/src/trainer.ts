import {
  InputError,
  statistics,
  type Diagnosis,
  type Key,
  type NamedArray,
  type Rows,
  type Step,
  type Trainer,
} from "@gen/core";
import { expectation, merge, type Moments } from "./expectation.js";
import { aic, bic } from "./information.js";
import { maximisation } from "./maximisation.js";
import type { Mixture } from "./mixture.js";
import type { Gmm } from "./model.js";
import { columnVariances, startFromClusters } from "./start.js";

export interface GmmTraining {
  readonly tolerance: number;
  readonly regularization: number;
  readonly restarts: number;
}

/**
 * Expectation maximisation (Dempster, Laird & Rubin, 1977), one sweep over the data a step, from a k-means++
 * start. Each class stops when its mean log-likelihood gains less than the tolerance.
 */
export function trainer(model: Gmm, config: GmmTraining): Trainer {
  const count = model.shares.mixtures.length;
  let floor: Float64Array = new Float64Array(model.columns);
  let last: Float64Array = new Float64Array(count).fill(-Infinity);
  let finished: Uint8Array = new Uint8Array(count);

  return statistics<readonly (Moments | undefined)[]>({
    start(data: Iterable<Rows>, key: Key) {
      const parts = byClass(model, data);
      const variances = columnVariances(concat(parts.flat()), model.columns);
      floor = variances.map((variance) => config.regularization * variance);
      // Codes share one scale, which means something; columns of a table have units of their own.
      const scale = variances.map((variance) =>
        model.spec.kind === "codes" || variance === 0 ? 1 : Math.sqrt(variance),
      );
      const rows = parts.map((part) => part.reduce((sum, x) => sum + x.length / model.columns, 0));
      const total = rows.reduce((sum, n) => sum + n, 0);
      const mixtures = parts.map((part, c) => {
        enoughRows(model, c, rows[c]!);
        return startFromClusters(concat(part), {
          type: model.config.covariance,
          components: model.config.components,
          columns: model.columns,
          restarts: config.restarts,
          scale,
          floor,
          key: key.fold(c),
        });
      });
      model.shares = {
        ...model.shares,
        mixtures,
        logPriors: Float64Array.from(rows, (n) => Math.log(n / total)),
      };
    },
    collect(x) {
      return byClass(model, [x]).map((part, c) =>
        finished[c] === 1 || part.length === 0
          ? undefined
          : expectation(model.shares.mixtures[c]!, concat(part)),
      );
    },
    merge: (a, b) => a.map((left, c) => (left && b[c] ? merge(left, b[c]) : (left ?? b[c]))),
    update(all): Step {
      const mixtures = model.shares.mixtures.slice();
      let improved = 0;
      all.forEach((stats, c) => {
        if (!stats) return;
        const mean = stats.logLikelihood / stats.rows;
        mixtures[c] = maximisation(mixtures[c]!, stats, floor);
        if (Math.abs(mean - last[c]!) < config.tolerance) finished[c] = 1;
        last[c] = mean;
        improved++;
      });
      model.shares = { ...model.shares, mixtures };
      const diagnoses = mixtures.flatMap((mixture, c) => degenerate(mixture, floor, model.classes[c]));
      return {
        metrics: metrics(model, all, last),
        ...(finished.every((f) => f === 1) || improved === 0 ? { done: "converged" as const } : {}),
        ...(diagnoses.length > 0 ? { diagnoses } : {}),
      };
    },
    state: () =>
      Promise.resolve(
        new Map<string, NamedArray>([
          ["floor", { dtype: "F64", shape: [floor.length], data: floor.slice() }],
          ["logLikelihood", { dtype: "F64", shape: [count], data: last.slice() }],
          ["finished", { dtype: "U8", shape: [count], data: finished.slice() }],
        ]),
      ),
    restore(state) {
      const saved = ["floor", "logLikelihood", "finished"].map((name) => state.get(name)?.data);
      const [f, l, d] = saved;
      if (!(f instanceof Float64Array && l instanceof Float64Array && d instanceof Uint8Array))
        throw new InputError("The file holds no state of expectation maximisation: train from the start.");
      [floor, last, finished] = [f.slice(), l.slice(), d.slice()];
    },
  });
}

/** The rows of each class, chunk by chunk; rows without a label are left out. */
function byClass(model: Gmm, data: Iterable<Rows>): Float64Array[][] {
  const d = model.columns;
  const parts: Float64Array[][] = model.shares.mixtures.map(() => []);
  for (const x of data) {
    const matrix = model.rowsOf(x);
    const labels = model.classesOf(x);
    if (parts.length === 1) parts[0]!.push(matrix);
    else
      parts.forEach((part, c) => {
        const rows = Array.from(labels.keys()).filter((row) => labels[row] === c);
        const own = new Float64Array(rows.length * d);
        rows.forEach((row, i) => own.set(matrix.subarray(row * d, (row + 1) * d), i * d));
        if (rows.length > 0) part.push(own);
      });
  }
  return parts;
}

function concat(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function enoughRows(model: Gmm, c: number, rows: number): void {
  const { components } = model.config;
  if (rows >= components) return;
  const where = model.classes[c] === undefined ? "" : ` of class "${model.classes[c]}"`;
  throw new InputError(
    `There are ${rows} rows${where} for ${components} components: give more rows or set components to at most ${Math.max(1, rows)}.`,
  );
}

function metrics(
  model: Gmm,
  all: readonly (Moments | undefined)[],
  last: Float64Array,
): Record<string, number> {
  const shares = model.shares.logPriors.map(Math.exp);
  const logLikelihood = last.reduce((sum, mean, c) => sum + shares[c]! * mean, 0);
  const only = all.length === 1 ? all[0] : undefined;
  if (!only) return { logLikelihood };
  const mixture = model.shares.mixtures[0]!;
  return {
    logLikelihood,
    bic: bic(mixture, only.logLikelihood, only.rows),
    aic: aic(mixture, only.logLikelihood),
  };
}

/** Components that shrank to the regularization's floor in some direction. */
function degenerate(mixture: Mixture, floor: Float64Array, name: string | undefined): Diagnosis[] {
  const { type, components: k, columns: d, covariances } = mixture;
  if (type === "tied" || floor.every((v) => v === 0)) return [];
  const variance = (component: number, j: number): number =>
    type === "full"
      ? covariances[component * d * d + j * (d + 1)]!
      : covariances[type === "diagonal" ? component * d + j : component]!;
  const found: Diagnosis[] = [];
  for (let component = 0; component < k; component++)
    if (floor.some((least, j) => least > 0 && variance(component, j) < 2 * least))
      found.push({
        kind: "degenerate-component",
        remedy: `Component ${component}${name === undefined ? "" : ` of class "${name}"`} has shrunk to a point: use fewer components or raise regularization.`,
      });
  return found;
}
