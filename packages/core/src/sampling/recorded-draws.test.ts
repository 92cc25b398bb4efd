import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import {
  add,
  cast,
  dispose,
  exp,
  grads,
  less,
  makeTensor,
  matMul,
  mean,
  mul,
  square,
  sub,
  sum,
  tanh,
} from "../backend/engine.js";
import { useBackend } from "../backend/index.js";
import { expectNoLeak } from "../capabilities/testing/fakes.js";
import { MultivariateNormalDiag } from "../distributions/multivariate-normal-diag.js";
import {
  categorical,
  key,
  recordDraws,
  redraw,
  uniform,
  type Key,
  type RecordedDraw,
} from "../random/index.js";
import { tidied } from "./tree.js";
import { kernelCompiler } from "./testing/kernel-compiler.js";

beforeAll(() => useBackend("cpu"));

const batch = (): Tensor => makeTensor([1, 2, 3, -1, 0.5, -0.25], [3, 2]);
const weights = (): Tensor => makeTensor([0.3, -0.2, 0.5, 0.1], [2, 2]);

/** A loss that draws in several ways: noise in a latent, dropped elements, a choice. */
function loss(x: Tensor, w: Tensor, k: Key): Tensor {
  const h = tanh(matMul(x, w));
  const z = new MultivariateNormalDiag({ loc: h, scaleDiag: exp(mul(h, 0.1)) }).sample(k.fold("latent"));
  const kept = cast(less(uniform(k.fold("layer").fold(0), [3, 2]), 0.6), "float32");
  const chosen = cast(categorical(k.fold("choice"), z), "float32");
  return add(mean(square(sub(matMul(mul(z, kept), w), x))), mul(0.1, sum(mul(chosen, sum(z, 1)))));
}

/** The loss and its gradient in w, for which it draws from a key of its own. */
function lossAndGradient(x: Tensor, w: Tensor, k: Key): Tensor[] {
  const [gradient] = grads((v: Tensor) => loss(x, v, k.fold("gradient")))([w]);
  return [loss(x, w, k), gradient!];
}

const numbers = (tensors: readonly Tensor[]): number[][] =>
  tensors.map((each) => {
    const values = [...each.dataSync()];
    each.dispose();
    return values;
  });

test("a compiled loss, fed with redrawn numbers, is the eager one bit for bit", async () => {
  await expectNoLeak(async () => {
    const [x, w] = [batch(), weights()];
    const inputs = [x, w];
    let draws: readonly RecordedDraw[] = [];
    using compiled = kernelCompiler.compile(() => {
      const recording = recordDraws(key(1), (k) => lossAndGradient(x, w, k));
      ({ draws } = recording);
      inputs.push(...draws.map(({ tensor }) => tensor));
      return recording.result;
    }, inputs);
    expect(draws.map(({ path }) => path.join("/"))).toEqual([
      "gradient/latent",
      "gradient/layer/0",
      "gradient/choice",
      "latent",
      "layer/0",
      "choice",
    ]);
    const seen = new Set<string>();
    for (const seed of [1, 2, 77]) {
      const fresh = redraw(draws, key(seed));
      const found = numbers(await compiled.run([x, w, ...fresh]));
      expect(found).toEqual(numbers(tidied(() => lossAndGradient(x, w, key(seed)))));
      seen.add(JSON.stringify(found));
      dispose(fresh);
    }
    expect(seen.size).toBe(3);
    dispose([x, w]);
  });
});

test("another batch is an input too", async () => {
  const [x, w, other] = [batch(), weights(), makeTensor([5, 4, 3, 2, 1, 0], [3, 2])];
  using compiled = kernelCompiler.compile(([v]) => [loss(v!, w, key(3))], [x]);
  // Draws that are not among the inputs stay as they were.
  expect(numbers(await compiled.run([other]))).toEqual(numbers([loss(other, w, key(3))]));
});
