import {
  breather,
  diverged,
  openPool,
  statistics,
  type Key,
  type NamedArray,
  type Rows,
  type Step,
  type Trainer,
} from "@gen/core";
import { matrixProduct, multipliesNatively } from "@gen/core/backend";
import { numbers, savedNumbers } from "../optimizers/saved.js";
import { designOf, targetsOf } from "./design.js";
import { evaluate, merge, type Evaluation, type Lesson } from "./evaluate.js";
import { kernels } from "./kernels.js";
import type { LogisticRegression } from "./model.js";
import { Moments } from "./moments.js";
import { Problem, type LogisticTraining } from "./problem.js";

export type { LogisticTraining } from "./problem.js";

/**
 * Minimises the penalised loss by L-BFGS, with a share of L1 by OWL-QN. A step is one evaluation of the loss over all
 * data; the model holds the best point so far. Metrics are of that point: the objective (the sum of losses and the
 * penalty divided by C), the mean loss per row in nats, and the largest derivative of the mean.
 */
export function trainer(model: LogisticRegression, training: LogisticTraining): Trainer {
  const { columns } = model;
  const moments = new Moments(model.classes.length, columns);
  let problem: Problem | undefined;
  const raw = new WeakMap<Rows, Lesson>();
  let lessons = new WeakMap<Rows, Lesson>();
  let loss = 0;

  const started = (): Problem => {
    if (problem === undefined) throw new RangeError("Training has not begun.");
    return problem;
  };
  const rawOf = (x: Rows): Lesson => ({ design: designOf(columns, x), ...targetsOf(model.spec, columns, x) });
  /** What was made of a chunk's rows is kept with it: all of their numbers, once. */
  const lessonOf = (x: Rows): Lesson => {
    const known = lessons.get(x);
    if (known) return known;
    const made = started().prepared(raw.get(x) ?? rawOf(x));
    raw.delete(x);
    lessons.set(x, made);
    return made;
  };

  const pool = openPool({
    kernels,
    worker: (Worker) =>
      new Worker(new URL("./logistic-regression-worker.js", import.meta.url), { type: "module" }),
    chunk: lessonOf,
  });
  /** Whether there may be dense numbers, which are multiplied in this thread where the back end does it itself. */
  let hasDense = true;
  async function* here(chunks: Iterable<Rows>): AsyncGenerator<Evaluation> {
    const breathe = breather();
    let isDense = false;
    for (const x of chunks) {
      const lesson = lessonOf(x);
      isDense ||= lesson.design.dense.length > 0;
      yield evaluate(lesson, started().linear, matrixProduct);
      await breathe();
    }
    hasDense = isDense;
  }

  return statistics<Evaluation>({
    start(data: Iterable<Rows>, _key: Key) {
      for (const x of data) {
        const lesson = rawOf(x);
        raw.set(x, lesson);
        moments.add(lesson.design, lesson);
      }
      problem = new Problem(model, moments, training);
      lessons = new WeakMap();
      hasDense = true;
    },
    collectAll: (chunks) =>
      hasDense && multipliesNatively() ? here(chunks) : pool.each("evaluate", started().linear, chunks),
    merge,
    update(all): Step {
      const own = started();
      const progress = own.advance(all);
      if (progress === "diverged") return { metrics: { loss: all.loss / own.weight }, diagnoses: [diverged] };
      if (progress === "accepted") loss = all.loss / own.weight;
      return {
        metrics: { objective: own.minimiser.value, loss, slope: own.slope },
        ...(progress === "converged" && { done: "converged" as const }),
      };
    },
    state: () =>
      Promise.resolve(
        new Map<string, NamedArray>([
          ...moments.state(),
          ...(problem ? problem.minimiser.state() : []),
          ["loss", numbers(Float64Array.of(loss))],
        ]),
      ),
    restore(state) {
      loss = savedNumbers(state, "loss", 1)[0]!;
      moments.restore(state);
      lessons = new WeakMap();
      problem = undefined;
      if (!state.has("point")) return;
      problem = new Problem(model, moments, training);
      problem.minimiser.restore(state);
    },
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  });
}
