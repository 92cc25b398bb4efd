import {
  InputError,
  openPool,
  statistics,
  type Diagnosis,
  type Key,
  type NamedArray,
  type Rows,
  type Step,
  type Trainer,
} from "@gen/core";
import { multipliesNatively } from "@gen/core/backend";
import { byProducts } from "./em/expectation.js";
import type { Moments } from "./em/moments.js";
import { kernels } from "./kernels.js";
import { begin } from "./learning/begin.js";
import { chunkOf } from "./learning/chunk-of.js";
import type { Chunk } from "./learning/chunk.js";
import { collect, mergeAll, type ByCourse } from "./learning/collect.js";
import { Courses } from "./learning/courses.js";
import { DataStatistics } from "./learning/data-statistics.js";
import { degenerateComponents } from "./learning/degenerate.js";
import { expectationMaximisation } from "./learning/expectation-maximisation.js";
import { metricsOf } from "./learning/metrics.js";
import { commonFloor, floorOf } from "./learning/regularization.js";
import { revived } from "./learning/revive.js";
import { withSharedCovariance } from "./learning/shared.js";
import { covarianceShape, type Mixture } from "./mixture/mixture.js";
import type { Gmm } from "./model.js";
import type { StartKind } from "./starts/start.js";
import { variational } from "./variational/learner.js";
import { priorFor } from "./learning/prior-for.js";

export interface GmmTraining {
  readonly start: StartKind | "continue";
  readonly restarts: number;
  readonly tolerance: number;
  readonly regularization: number;
  readonly revive: boolean;
  readonly prior: "none" | "dirichlet" | "dirichlet-process";
  readonly concentration: number;
}

/**
 * Expectation maximisation (Dempster, Laird & Rubin, 1977), or under a prior its variational form (Blei & Jordan,
 * 2006), one sweep over the data a step. Every restart is a course of its own, all of them in the same sweeps; the model
 * has the parameters of the best so far. A course stops when its objective gains less than the tolerance per row.
 */
export function trainer(model: Gmm, settings: GmmTraining): Trainer {
  const { tolerance, regularization, restarts, prior } = settings;
  const { shares, columns } = model;
  const { type } = shares.mixtures[0]!;
  const isJoint = model.config.covariance === "shared" && shares.mixtures.length > 1;
  if (isJoint && prior !== "none")
    throw new InputError(
      'gmm training: a prior can\'t be had with one covariance for all classes; set covariance to "tied" or prior to "none".',
    );
  const single = covarianceShape(type, 1, columns).reduce((a, b) => a * b, 1);
  const known = new DataStatistics(shares.mixtures.length, columns, single);
  // Codes share one scale, which means something; columns of a table have units of their own.
  const share = model.spec.kind === "codes" ? commonFloor : floorOf;
  const floor = (): Float64Array => share(known.variances, prior === "none" ? regularization : 0);
  const learner =
    prior === "none"
      ? expectationMaximisation(floor)
      : variational((c) => priorFor(known, c, { type, columns, ...settings, prior }));
  const rows = (c: number): number => known.rows[c]!;
  const courses = new Courses(shares.mixtures, restarts, { tolerance, isJoint, rows, learner });
  const degenerate = (mixture: Mixture): readonly number[] =>
    degenerateComponents(mixture, floor(), (column) => known.variances[column] === 0);
  const chunks = new WeakMap<Rows, Chunk>();
  let running: ByCourse<Mixture> | undefined;
  const mixtures = (): ByCourse<Mixture> => (running ??= courses.mixtures());

  const pool = openPool({
    kernels,
    worker: (Worker) => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
    chunk: (x: Rows) => chunkOf(model, x),
  });

  /** Native products are quicker than any workers, which have none. */
  async function* here(rows: Iterable<Rows> | AsyncIterable<Rows>): AsyncGenerator<ByCourse<Moments>> {
    for await (const x of rows) {
      let chunk = chunks.get(x);
      if (chunk === undefined) chunks.set(x, (chunk = chunkOf(model, x)));
      yield collect(chunk, mixtures(), byProducts);
    }
  }

  const finish = (): void => {
    running = undefined;
    if (isJoint) shareCovariances(courses, known.rows);
    const estimates = courses.best().map(({ learned }, c) => learner.estimate(c, learned));
    const total = known.rows.reduce((sum, count) => sum + count, 0);
    const logPriors = known.rows.map((count) => Math.log(count / total));
    model.shares = { ...model.shares, mixtures: estimates, logPriors };
  };

  return statistics<ByCourse<Moments>>({
    start(data: Iterable<Rows>, key: Key) {
      const starts = begin(model, known, data, { start: settings.start, restarts, key });
      courses.all.forEach((own, c) =>
        own.forEach((course, start) => {
          const { about, moments } = starts[c]![start]!;
          course.learned = learner.update(c, about, moments);
        }),
      );
      finish();
    },
    collectAll: (rows) => (multipliesNatively() ? here(rows) : pool.each("expectation", mixtures(), rows)),
    merge: mergeAll,
    update(all): Step {
      // A first sweep tells of all: the start has told of none.
      const isFirst = courses.best().every(({ objective }) => objective === -Infinity);
      const told = model.shares.mixtures.map((mixture) => (isFirst ? [] : degenerate(mixture)));
      // Of a stream the start has seen a sample only.
      all.forEach(
        (own, c) => (known.rows[c] = own.find((part) => part !== undefined)?.rows ?? known.rows[c]!),
      );
      courses.advance(mixtures(), all);
      if (settings.revive && prior === "none") reviveDead(courses, degenerate);
      finish();
      const diagnoses = model.shares.mixtures.flatMap((mixture, c) =>
        degenerate(mixture)
          .filter((component) => !told[c]!.includes(component))
          .map((component) => degenerateComponent(component, model.classes[c])),
      );
      return {
        metrics: metricsOf(model, courses.best(), known.rows, prior !== "none"),
        ...(courses.allFinished ? { done: "converged" as const } : {}),
        ...(diagnoses.length > 0 ? { diagnoses } : {}),
      };
    },
    state: () => Promise.resolve(new Map([...courses.state(), ...known.state()])),
    restore(state: ReadonlyMap<string, NamedArray>) {
      known.restore(state);
      courses.restore(state);
      running = undefined;
    },
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  });
}

function shareCovariances({ all }: Courses, rows: Float64Array): void {
  all[0]!.forEach((_, start) => {
    const own = all.map((courses) => courses[start]!);
    const mixtures = withSharedCovariance(
      own.map(({ learned }) => learned),
      rows,
    );
    own.forEach((course, c) => (course.learned = mixtures[c]!));
  });
}

function reviveDead({ all }: Courses, degenerate: (mixture: Mixture) => readonly number[]): void {
  for (const course of all.flat()) {
    if (course.lives === 0) continue;
    const { mixture, count } = revived(course.learned, degenerate(course.learned), course.lives);
    if (count === 0) continue;
    course.learned = mixture;
    course.lives -= count;
    course.isFinished = false;
  }
}

function degenerateComponent(component: number, name: string | undefined): Diagnosis {
  const which = `Component ${component}${name === undefined ? "" : ` of class "${name}"`}`;
  return {
    kind: "degenerate-component",
    remedy: `${which} has no extent in some direction but the regularization's: use fewer components, leave out columns that others determine, raise regularization, or turn revive on.`,
  };
}
