import {
  diverged,
  InputError,
  openPool,
  statistics,
  type NamedArray,
  type Rows,
  type Step,
  type Trainer,
} from "@gen/core";
import { Lbfgs, OwlQn, type Minimiser } from "../optimizers/index.js";
import { numbers, savedNumbers, unusable } from "../optimizers/saved.js";
import { Lessons, seenIn } from "./chunks.js";
import { merge, type Evaluation } from "./evaluate.js";
import { kernels } from "./kernels.js";
import type { Crf } from "./model.js";
import type { CrfTraining } from "./trainer.js";

/**
 * Minimises Σ -log p(tags | x) + c₁ ‖w‖₁ + c₂ ‖w‖², which is convex, by L-BFGS, or OWL-QN where c₁ > 0. A step is one
 * evaluation over all data; the model holds the best weights so far.
 */
export function likelihood(model: Crf, training: CrfTraining): Trainer {
  const { c1, c2, tolerance, memory } = training;
  let lessons = new Lessons(model);
  let minimiser: Minimiser | undefined;
  let learned: Uint8Array = new Uint8Array();
  let [elements, loss] = [0, 0];

  const begin = (size: number): Minimiser => {
    const options = { start: new Float64Array(size), memory, tolerance: tolerance * elements };
    return c1 > 0 ? new OwlQn({ ...options, absolute: new Float64Array(size).fill(c1) }) : new Lbfgs(options);
  };
  const begun = (): Minimiser => {
    if (minimiser === undefined) throw new RangeError("Training has not begun.");
    return minimiser;
  };

  const pool = openPool({
    kernels,
    worker: (Worker) => new Worker(new URL("./crf-worker.js", import.meta.url), { type: "module" }),
    chunk: (x: Rows) => lessons.of(x),
  });
  return statistics<Evaluation>({
    start(data: Iterable<Rows>) {
      const seen = seenIn(model, data, training);
      if (seen.elements === 0)
        throw new InputError("The sequences have no elements: there is nothing to learn from.");
      ({ learned, elements } = seen);
      model.learn(seen.features, new Float64Array(learned.length));
      lessons = new Lessons(model);
      minimiser = begin(learned.length);
    },
    collectAll: (chunks) => {
      const { offsets, tags } = model.features;
      const chain = { features: { offsets, tags }, vector: begun().trial, tags: model.tags.length };
      return pool.each("evaluate", chain, chunks);
    },
    merge,
    update(all): Step {
      const own = begun();
      let squares = 0;
      const gradient = all.gradient.map((value, i) => {
        const weight = own.trial[i]!;
        squares += weight * weight;
        return learned[i] === 1 ? value + 2 * c2 * weight : 0;
      });
      const progress = own.advance(all.loss + c2 * squares, gradient);
      if (progress === "diverged") return { metrics: { loss: all.loss / elements }, diagnoses: [diverged] };
      if (progress === "accepted") loss = all.loss / elements;
      if (progress !== "searching") model.learn(model.features, own.point.slice());
      return {
        metrics: { objective: own.value, loss, slope: own.slope / elements },
        ...(progress === "converged" && { done: "converged" as const }),
      };
    },
    state: () =>
      Promise.resolve(
        new Map<string, NamedArray>([
          ...(minimiser ? minimiser.state() : []),
          ["learned", { dtype: "U8", shape: [learned.length], data: learned.slice() }],
          ["progress", numbers(Float64Array.of(elements, loss))],
        ]),
      ),
    restore(state) {
      const flags = state.get("learned")?.data;
      if (!(flags instanceof Uint8Array)) throw unusable("learned");
      [elements, loss] = savedNumbers(state, "progress", 2) as unknown as [number, number];
      learned = flags.slice();
      lessons = new Lessons(model);
      minimiser = undefined;
      if (!state.has("point")) return;
      if (learned.length !== model.vector.length) throw unusable("learned");
      minimiser = begin(learned.length);
      minimiser.restore(state);
    },
    [Symbol.dispose]: () => pool[Symbol.dispose](),
  });
}
