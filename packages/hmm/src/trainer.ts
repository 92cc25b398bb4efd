import {
  InputError,
  openPool,
  statistics,
  type Key,
  type NamedArray,
  type Rows,
  type Step,
  type Trainer,
} from "@gen/core";
import { byClass, classParts } from "./by-class.js";
import { plainParameters } from "./config.js";
import { merge, type Counts } from "./expectation.js";
import { joined } from "./joined.js";
import { kernels, type ClassPart } from "./kernels.js";
import type { TrackLayout } from "./layout.js";
import { lengthQuantiles } from "./lengths.js";
import { logPrior, maximisation, type Learned, type Prior } from "./maximisation.js";
import type { Hmm } from "./model.js";
import { prepare } from "./parameters.js";
import { Progress } from "./progress.js";
import { trackScale, type TrackScale } from "./scales.js";
import { countOf, stepsOf, type Sequences } from "./sequences.js";
import { bestStart, priorScales } from "./start.js";

export interface HmmTraining {
  readonly tolerance: number;
  readonly initialPrior: number;
  readonly transitionPrior: number;
  readonly emissionPrior: number;
  readonly regularization: number;
  readonly learnInitial: boolean;
  readonly learnTransitions: boolean;
  readonly learnEmissions: boolean;
  readonly restarts: number;
}

/** The numbers that a track's prior keeps, and those that its scale is taken of. */
const priorSize = (track: TrackLayout): number => (track.kind === "categorical" ? 0 : track.columns);
const scaleSize = (track: TrackLayout): number =>
  track.kind === "categorical" ? track.levels : track.columns;

/**
 * Baum-Welch: expectation maximisation, one sweep over the data a step. Each class stops when its mean gains less than
 * the tolerance. The metrics are those of the parameters that a step began with, in nats per element: the
 * log-likelihood of x and the tags that are known, and `objective`, which is that with the prior and never falls.
 */
export function trainer(model: Hmm, training: HmmTraining): Trainer {
  const { tracks } = model.layout;
  const progress = new Progress(model.learnings.classes.length, tracks.map(priorSize));
  const learned: Learned = {
    initial: training.learnInitial,
    transition: training.learnTransitions,
    emissions: training.learnEmissions,
  };
  const prior = (): Prior => ({
    initial: training.initialPrior,
    transition: training.transitionPrior,
    emission: training.emissionPrior,
    strength: training.regularization,
    scales: progress.scales,
  });

  const pool = openPool({
    kernels,
    worker: (Worker) => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }),
    chunk: (part: ClassPart) => part,
  });
  const cut = new WeakMap<Rows, readonly ClassPart[]>();
  /** The parts of classes that still learn; the same objects at every sweep, so that each is sent once. */
  function* unfinished(chunks: Iterable<Rows>): Generator<ClassPart> {
    for (const x of chunks) {
      const parts = cut.get(x) ?? classParts(model, x);
      cut.set(x, parts);
      yield* parts.filter((part) => !progress.isFinished(part.class));
    }
  }

  return statistics<readonly (Counts | undefined)[]>({
    start(data: Iterable<Rows>, key: Key) {
      const parts = Array.from(data, (x) => byClass(model, x));
      const all = model.learnings.classes.map((_, c) => joined(parts.map((part) => part[c]!)));
      all.forEach((own, c) => enough(model, c, own));
      const scales = tracks.map((track, i) => trackScale(all, i, scaleSize(track)));
      scales.forEach((scale, i) => noneEmpty(tracks[i]!, scale));
      progress.scales = priorScales(model.learnings.classes[0]!.parameters, scales);
      const total = all.reduce((sum, own) => sum + countOf(own), 0);
      model.learnings = {
        classes: all.map((own, c) => ({
          parameters: bestStart({
            plain: plainParameters(model.config, model.layout),
            data: own,
            scales,
            key: key.fold(c),
            restarts: training.restarts,
          }),
          lengths: lengthQuantiles(lengthsOf(own, model.layout.hasEnd)),
        })),
        logPriors: Float64Array.from(all, (own) => Math.log(countOf(own) / total)),
      };
    },
    async *collectAll(chunks) {
      // Where every class has finished there is nothing to count.
      yield model.learnings.classes.map(() => undefined);
      const parameters = model.learnings.classes.map((own) => own.parameters);
      for await (const { class: c, counts } of pool.each("expectation", parameters, unfinished(chunks)))
        yield parameters.map((_, other) => (other === c ? counts : undefined));
    },
    merge: (a, b) => a.map((left, c) => (left && b[c] ? merge(left, b[c]) : (left ?? b[c]))),
    update(all): Step {
      model.learnings = {
        ...model.learnings,
        classes: model.learnings.classes.map((own, c) => {
          const counts = all[c];
          if (!counts) return own;
          possible(model, c, counts);
          const prepared = prepare(own.parameters);
          const { steps } = counts;
          const logLikelihood = counts.logLikelihood / steps;
          const objective = logLikelihood + logPrior(prepared, prior()) / steps;
          progress.advance(c, { logLikelihood, objective, steps }, training.tolerance);
          return { ...own, parameters: maximisation(prepared, counts, prior(), learned) };
        }),
      };
      return {
        metrics: {
          logLikelihood: perStep(progress, progress.logLikelihoods),
          objective: perStep(progress, progress.objectives),
        },
        ...(progress.allFinished ? { done: "converged" as const } : {}),
      };
    },
    state: () => Promise.resolve(progress.state()),
    restore: (state: ReadonlyMap<string, NamedArray>) => progress.restore(state),
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  });
}

const lengthsOf = ({ offsets }: Sequences, hasEnd: boolean): Int32Array =>
  Int32Array.from({ length: offsets.length - 1 }, (_, s) => offsets[s + 1]! - offsets[s]! - (hasEnd ? 1 : 0));

/** The mean over the steps of all classes. */
function perStep({ steps }: Progress, values: Float64Array): number {
  const total = steps.reduce((sum, count) => sum + count, 0);
  return values.reduce((sum, value, c) => sum + value * steps[c]!, 0) / total;
}

function enough(model: Hmm, c: number, own: Sequences): void {
  const name = model.classes[c];
  const what = name === undefined ? "The data have" : `The class "${name}" has`;
  if (countOf(own) === 0)
    throw new InputError(`${what} no sequences: give some, or leave the class out of the labels.`);
  if (stepsOf(own) === 0) throw new InputError(`${what} only empty sequences: give some with elements.`);
}

function noneEmpty(track: TrackLayout, { counts }: TrackScale): void {
  if (track.kind === "categorical") {
    if (counts.every((count) => count === 0)) throw empty(track.field);
    return;
  }
  let begin = 0;
  for (const { field, size } of track.fields) {
    if (counts.subarray(begin, begin + size).some((count) => count === 0)) throw empty(field);
    begin += size;
  }
}

const empty = (field: string): InputError =>
  new InputError(`Column "${field}" is missing everywhere: leave it out of the data.`);

function possible(model: Hmm, c: number, { impossible }: Counts): void {
  if (impossible === 0) return;
  const name = model.classes[c];
  throw new InputError(
    `${impossible} sequences${name === undefined ? "" : ` of class "${name}"`} are impossible under the model: raise initialPrior, transitionPrior and emissionPrior, choose another topology, or leave them out.`,
  );
}
