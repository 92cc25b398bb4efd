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
import { allByClass, byClass, concatenated } from "./em/by-class.js";
import { degenerateComponents } from "./em/degenerate.js";
import { expectation } from "./em/expectation.js";
import { merge, type Moments } from "./em/moments.js";
import { aic, bic, parametersOfAll } from "./mixture/information.js";
import { maximisation } from "./em/maximisation.js";
import type { Mixture } from "./mixture/mixture.js";
import type { Gmm } from "./model.js";
import { Progress } from "./em/progress.js";
import { columnVariances, floorOf } from "./em/regularization.js";
import { startFromClusters } from "./em/start.js";

export interface GmmTraining {
  readonly tolerance: number;
  readonly regularization: number;
  readonly restarts: number;
}

/**
 * Expectation maximisation (Dempster, Laird & Rubin, 1977), one sweep over the data a step, from a k-means++
 * start. Each class stops when its mean log-likelihood gains less than the tolerance. The metrics are those of the
 * parameters that a step began with: mean log p(x) per row in nats, or log p(x, y) with labels, BIC and AIC.
 */
export function trainer(model: Gmm, { tolerance, regularization, restarts }: GmmTraining): Trainer {
  const progress = new Progress(model.shares.mixtures.length, model.columns);

  return statistics<readonly (Moments | undefined)[]>({
    start(data: Iterable<Rows>, key: Key) {
      const parts = allByClass(model, data);
      const rows = parts.map((part) => part.length / model.columns);
      rows.forEach((count, c) => enoughRows(model, c, count));
      const variances = columnVariances(concatenated(parts), model.columns);
      progress.begin(variances, rows);
      const { components, covariance } = model.config;
      const mixtures = parts.map((part, c) =>
        startFromClusters(part, {
          type: covariance,
          components,
          columns: model.columns,
          restarts,
          scale: scaleOf(model, variances),
          floor: floorOf(variances, regularization),
          key: key.fold(c),
        }),
      );
      const total = rows.reduce((sum, count) => sum + count, 0);
      const logPriors = Float64Array.from(rows, (count) => Math.log(count / total));
      model.shares = { ...model.shares, mixtures, logPriors };
    },
    collect: (x) =>
      byClass(model, x).map((part, c) =>
        progress.isFinished(c) || part.length === 0
          ? undefined
          : expectation(model.shares.mixtures[c]!, part),
      ),
    merge: (a, b) => a.map((left, c) => (left && b[c] ? merge(left, b[c]) : (left ?? b[c]))),
    update(all): Step {
      const floor = floorOf(progress.variances, regularization);
      const degenerate = (mixture: Mixture): readonly number[] =>
        degenerateComponents(mixture, floor, (column) => progress.variances[column] === 0);
      // A first sweep tells of all: the start has told of none.
      const told = model.shares.mixtures.map((mixture, c) =>
        progress.logLikelihoods[c] === -Infinity ? [] : degenerate(mixture),
      );
      const mixtures = model.shares.mixtures.map((mixture, c) => {
        const moments = all[c];
        if (!moments) return mixture;
        progress.advance(c, moments.logLikelihood / moments.rows, tolerance);
        return maximisation(mixture, moments, floor);
      });
      model.shares = { ...model.shares, mixtures };
      const diagnoses = mixtures.flatMap((mixture, c) =>
        degenerate(mixture)
          .filter((component) => !told[c]!.includes(component))
          .map((component) => degenerateComponent(component, model.classes[c])),
      );
      return {
        metrics: metrics(model, progress),
        ...(progress.allFinished ? { done: "converged" as const } : {}),
        ...(diagnoses.length > 0 ? { diagnoses } : {}),
      };
    },
    state: () => Promise.resolve(progress.state()),
    restore: (state: ReadonlyMap<string, NamedArray>) => progress.restore(state),
  });
}

/** Codes share one scale, which means something; columns of a table have units of their own. */
const scaleOf = (model: Gmm, variances: Float64Array): Float64Array =>
  variances.map((variance) => (model.spec.kind === "codes" || variance === 0 ? 1 : Math.sqrt(variance)));

function enoughRows(model: Gmm, c: number, rows: number): void {
  const { components } = model.config;
  if (rows >= components) return;
  const name = model.classes[c];
  if (rows === 0)
    throw new InputError(
      name === undefined
        ? "There are no rows to fit a mixture to."
        : `The class "${name}" has no rows: give some, or leave the class out of the labels.`,
    );
  throw new InputError(
    `There are ${rows} rows${name === undefined ? "" : ` of class "${name}"`} for ${components} components: give more rows or set components to at most ${rows}.`,
  );
}

function metrics(model: Gmm, progress: Progress): Record<string, number> {
  const { mixtures, logPriors } = model.shares;
  const rows = progress.rows.reduce((sum, count) => sum + count, 0);
  const total = progress.rows.reduce(
    (sum, count, c) => sum + count * (progress.logLikelihoods[c]! + logPriors[c]!),
    0,
  );
  const parameters = parametersOfAll(mixtures);
  return { logLikelihood: total / rows, bic: bic(parameters, total, rows), aic: aic(parameters, total) };
}

function degenerateComponent(component: number, name: string | undefined): Diagnosis {
  const which = `Component ${component}${name === undefined ? "" : ` of class "${name}"`}`;
  return {
    kind: "degenerate-component",
    remedy: `${which} has no extent in some direction but the regularization's: use fewer components, leave out columns that others determine, or raise regularization.`,
  };
}
