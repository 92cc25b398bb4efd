import { all, key } from "@gen/core";
import { normals64 } from "@gen/core/random";
import { expect, it } from "vitest";
import { near } from "../testing/near.js";
import { spec, tagged } from "../testing/poems.js";
import { Lessons, seenIn } from "./chunks.js";
import { evaluate, merge } from "./evaluate.js";
import { Crf } from "./model.js";

const choice = { minimumCount: 1, allStates: true, allTransitions: true };
const config = { templates: "bias 0 -1|0" };

it("has the gradient that differences tell", async () => {
  const model = new Crf(spec, config);
  const data = await all(tagged(key(1), 6));
  const seen = seenIn(model, [data], choice);
  model.learn(seen.features, normals64(key(2), seen.learned.length));
  const lesson = new Lessons(model).of(data);
  const at = (vector: Float64Array): number =>
    evaluate(lesson, { features: model.features, vector, tags: 3 }).loss;
  const { gradient, loss } = evaluate(lesson, { features: model.features, vector: model.vector, tags: 3 });
  expect(loss).toBeCloseTo(-model.logPosterior(data).reduce((a, b) => a + b, 0), 9);
  const h = 1e-5;
  gradient.forEach((slope, i) => {
    const [more, less] = [model.vector.slice(), model.vector.slice()];
    more[i]! += h;
    less[i]! -= h;
    expect(slope).toBeCloseTo((at(more) - at(less)) / (2 * h), 6);
  });
});

it("adds up over sequences", async () => {
  const model = new Crf(spec, config);
  const data = tagged(key(3), 9);
  const whole = await all(data);
  const parts = [await data.take(Int32Array.of(0, 1, 2, 3)), await data.take(Int32Array.of(4, 5, 6, 7, 8))];
  const seen = seenIn(model, parts, choice);
  expect(seen.features).toEqual(seenIn(model, [whole], choice).features);
  model.learn(seen.features, normals64(key(4), seen.learned.length));
  const lessons = new Lessons(model);
  const own = (x: typeof whole) =>
    evaluate(lessons.of(x), { features: model.features, vector: model.vector, tags: 3 });
  const merged = merge(own(parts[0]!), own(parts[1]!));
  near([merged.loss], [own(whole).loss], { relative: 1e-12 });
  near(merged.gradient, own(whole).gradient, { absolute: 1e-11 });
});
