import { breather, InputError, weightField, type NamedArray, type Rows, type Trainer } from "@gen/core";
import { permutation } from "@gen/core/random";
import { Averaged } from "../optimizers/averaged.js";
import { unusable } from "../optimizers/saved.js";
import { bestLabellings } from "./best.js";
import { Lessons, seenIn } from "./chunks.js";
import type { Lesson } from "./evaluate.js";

import type { Crf } from "./model.js";
import { scoresOf } from "./scores.js";
import type { CrfTraining } from "./trainer.js";
import { weightsIn } from "./weights.js";

/**
 * The averaged perceptron: each sequence whose likeliest tags are wrong moves its features' weights, those of the right
 * tags up and those of the wrong ones down; the model holds the average of all weights that there were. A step goes once
 * through the data, the sequences of each chunk in random order, and ends training when it finds no wrong tag.
 * Source: Discriminative training methods for hidden Markov models: theory and experiments with perceptron algorithms
 * (Collins, 2002).
 */
export function perceptron(model: Crf, training: CrfTraining): Trainer {
  const weight = weightField(model.spec);
  if (weight !== undefined)
    throw new InputError(
      `The perceptron can't weigh sequences: train by the likelihood, or leave out the field "${weight}" of role weight.`,
    );
  let lessons = new Lessons(model);
  let averaged = new Averaged(model.vector.length);
  let learned: Uint8Array = new Uint8Array();

  return {
    consumes: "sweep",
    start(data: Iterable<Rows>) {
      const seen = seenIn(model, data, training);
      if (seen.elements === 0)
        throw new InputError("The sequences have no elements: there is nothing to learn from.");
      ({ learned } = seen);
      model.learn(seen.features, new Float64Array(learned.length));
      lessons = new Lessons(model);
      averaged = new Averaged(learned.length);
    },
    async step(data, { key }) {
      const breathe = breather();
      let [wrong, elements, chunk] = [0, 0, 0];
      for (const x of data) {
        const lesson = lessons.of(x);
        for (const row of permutation(key.fold(chunk), x.length)) {
          wrong += correct(model, averaged, { lesson, row, learned });
          await breathe();
        }
        elements += lesson.tags.length;
        chunk++;
      }
      model.learn(model.features, averaged.average());
      return {
        metrics: { wrong: wrong / Math.max(1, elements) },
        ...(wrong === 0 && { done: "complete" as const }),
      };
    },
    state: () =>
      Promise.resolve(
        new Map<string, NamedArray>([
          ...averaged.state(),
          ["learned", { dtype: "U8", shape: [learned.length], data: learned.slice() }],
        ]),
      ),
    restore(state) {
      const flags = state.get("learned")?.data;
      if (!(flags instanceof Uint8Array)) throw unusable("learned");
      const restored = new Averaged(model.vector.length);
      restored.restore(state);
      [averaged, learned, lessons] = [restored, flags.slice(), new Lessons(model)];
    },
    [Symbol.dispose]() {},
  };
}

interface Place {
  readonly lesson: Lesson;
  readonly row: number;
  readonly learned: Uint8Array;
}

/** Learns from one sequence; the number of tags that were wrong. */
function correct(model: Crf, averaged: Averaged, { lesson, row, learned }: Place): number {
  averaged.advance();
  const { lines, tags: gold } = lesson;
  const tags = model.tags.length;
  const [begin, end] = [lines.offsets[row]!, lines.offsets[row + 1]!];
  const weights = weightsIn(averaged.current, tags);
  const own = { ...lines, starts: lines.starts.subarray(begin, end + 1) };
  const scores = scoresOf(own, model.features, weights.features, tags);
  const [best] = bestLabellings({ tags, ...weights }, scores, 1);
  if (!best) return 0;
  const { offsets, tags: featureTags } = model.features;
  const first = averaged.current.length - tags * tags - 2 * tags;
  const add = (at: number, amount: number): void => {
    if (learned[at] === 1) averaged.add(at, amount);
  };
  const count = (labels: Int32Array, amount: number): void => {
    labels.forEach((tag, at) => {
      for (let i = own.starts[at]!; i < own.starts[at + 1]!; i++)
        for (let f = offsets[lines.places[i]!]!; f < offsets[lines.places[i]! + 1]!; f++)
          if (featureTags[f] === tag) add(f, amount);
      if (at > 0) add(first + labels[at - 1]! * tags + tag, amount);
    });
    if (labels.length === 0) return;
    add(first + tags * tags + labels[0]!, amount);
    add(first + tags * tags + tags + labels.at(-1)!, amount);
  };
  const right = gold.subarray(begin, end);
  const wrong = right.reduce((sum, tag, at) => sum + (tag === best.tags[at] ? 0 : 1), 0);
  if (wrong === 0) return 0;
  count(right, 1);
  count(best.tags, -1);
  return wrong;
}
