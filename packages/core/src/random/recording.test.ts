import { add, dispose, memory, mul, tensor, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import {
  bernoulli,
  bits,
  categorical,
  draw,
  gammas,
  key,
  keyFrom,
  normal,
  permutation,
  randint,
  recordDraws,
  redraw,
  uniform,
  type Key,
  type RecordedDraw,
} from "./index.js";

beforeAll(async () => {
  await useBackend("cpu");
});

/** Draws in many ways from keys of many kinds; the result depends on every draw. */
function walk(k: Key): Tensor {
  const halves = k.split(2);
  const first = halves[0];
  const second = halves[1];
  const loc = normal(first.fold("loc"), [2, 3]);
  const scale = uniform(first.fold(12).fold("scale"), [3]);
  const layers = second.split(3).map((layer) => normal(layer.fold("dropout"), [2, 3]));
  const steps = randint(second.fold("steps"), [2, 1], 1000);
  const flips = bernoulli(second.fold("flips"), tensor([0.2, 0.5, 0.8]), [2]);
  const classes = categorical(second.fold("classes"), tensor([[0, 1, 2]]), [2]);
  const gamma = draw(second.fold("gamma"), "gamma", [2, 3], (from) => gammas(from, 0.7, 6));
  const parts = [loc, mul(steps, scale), flips, classes, gamma, normal(k, [2, 3]), ...layers];
  return parts.reduce((total, part) => add(total, part));
}

const values = (draws: readonly { readonly tensor: Tensor }[]): unknown[] =>
  draws.map(({ tensor: t }) => (t.isDisposed ? "disposed" : [t.shape, t.dtype, t.dataSync()]));

/** A recording whose tensors are read at once, before the function's own scopes end. */
function recorded(seed: Key): { total: Float32Array; draws: readonly RecordedDraw[] } {
  const { result, draws } = recordDraws(seed, walk);
  return { total: result.dataSync<"float32">(), draws };
}

test("a recording draws the numbers of its key and notes where each came from", () => {
  const { total, draws } = recorded(key(5));
  expect(total).toEqual(walk(key(5)).dataSync());
  expect(draws.map(({ path, sampler, shape, dtype }) => [path.join("/"), sampler, shape, dtype])).toEqual([
    ["0/loc", "normal", [2, 3], "float32"],
    ["0/12/scale", "uniform", [3], "float32"],
    ["1/0/dropout", "normal", [2, 3], "float32"],
    ["1/1/dropout", "normal", [2, 3], "float32"],
    ["1/2/dropout", "normal", [2, 3], "float32"],
    ["1/steps", "randint", [2, 1], "int32"],
    ["1/flips", "uniform", [2, 3], "float32"],
    ["1/classes", "gumbel", [2, 1, 3], "float32"],
    ["1/gamma", "gamma", [2, 3], "float32"],
    ["", "normal", [2, 3], "float32"],
  ]);
});

test("redraw gives, bit for bit, what the function draws from another key", () => {
  const { draws } = recorded(key(5));
  for (const seed of [5, 6, 1701]) {
    const anew = redraw(draws, key(seed).fold("step"));
    const expected = recorded(key(seed).fold("step"));
    expect(anew.map((t) => t.shape)).toEqual(expected.draws.map(({ shape }) => shape));
    expect(anew.map((t) => t.dtype)).toEqual(expected.draws.map(({ dtype }) => dtype));
    const fresh = values(anew.map((t) => ({ tensor: t })));
    const kept = values(expected.draws);
    // The noise under the two discrete draws is gone with their scopes; the next test covers it.
    expect(kept.flatMap((value, i) => (value === "disposed" ? [i] : []))).toEqual([6, 7]);
    kept.forEach((value, i) => {
      if (value !== "disposed") expect(fresh[i]).toEqual(value);
    });
  }
});

test("a graph of the recorded tensors is fed with redrawn ones", () => {
  // The function's arithmetic, written on its draws alone.
  const graph = ([loc, scale, a, b, c, steps, level, noise, gamma, own]: readonly Tensor[]): Tensor => {
    const p = [0.2, 0.5, 0.8];
    const flips = tensor(
      Array.from(level!.dataSync(), (u, i) => Number(u < Math.fround(p[i % 3]!))),
      [2, 3],
    );
    const g = noise!.dataSync();
    const best = [0, 1].map((r) =>
      [0, 1, 2].reduce((m, j) => (g[3 * r + j]! + j > g[3 * r + m]! + m ? j : m), 0),
    );
    const parts = [loc!, mul(steps!, scale!), flips, tensor(best, [2, 1]), gamma!, own!, a!, b!, c!];
    return parts.reduce((total, part) => add(total, part));
  };
  const { draws } = recorded(key(5));
  expect(graph(redraw(draws, key(99))).dataSync()).toEqual(walk(key(99)).dataSync());
});

test("a recording key is a key: same data, same derived keys", () => {
  const root = key(8).fold("root");
  recordDraws(root, (k) => {
    expect(k.data).toEqual(root.data);
    expect(k.fold("a").data).toEqual(root.fold("a").data);
    expect(k.split(3).map((s) => s.data)).toEqual(root.split(3).map((s) => s.data));
    expect(keyFrom(k.data).data).toEqual(root.data);
  });
});

test("drawing twice from a recording key throws; the key that it stands for stays undrawn", () => {
  const root = key(8);
  recordDraws(root, (k) => {
    normal(k, [1]);
    expect(() => normal(k, [1])).toThrow("already drawn from");
  });
  normal(root, [1]);
});

test("typed arrays can't be drawn in a recording, for they would stay as they were", () => {
  recordDraws(key(8), (k) => {
    expect(() => bits(k, 1)).toThrow("can't be drawn anew");
    expect(() => permutation(k.fold("order"), 3)).toThrow("can't be drawn anew");
    expect(() => gammas(k.split(2)[1], 1, 3)).toThrow("can't be drawn anew");
  });
});

test("an outer recording hears of an inner one's draws", () => {
  const f = (k: Key): Tensor => recordDraws(k.fold("inner"), (inner) => normal(inner.fold(3), [2])).result;
  const { result, draws } = recordDraws(key(8), f);
  expect(draws.map(({ path }) => path)).toEqual([["inner", 3]]);
  expect(draws[0]!.tensor).toBe(result);
  const twice = recordDraws(key(9), (k) => redraw(draws, k));
  expect(twice.draws.map(({ path }) => path)).toEqual([["inner", 3]]);
  expect(twice.result[0]!.dataSync()).toEqual(f(key(9)).dataSync());
});

test("recording and redrawing leak nothing, also when they throw", () => {
  const before = memory().numTensors;
  const { result, draws } = recordDraws(key(1), (k) => k.split(3).map((s) => normal(s, [2])));
  const anew = redraw(draws, key(2));
  expect(memory().numTensors).toBe(before + 6);
  dispose([...result, ...anew]);
  const broken: RecordedDraw = {
    ...draws[0]!,
    make: () => {
      throw new Error("broken");
    },
  };
  expect(() => redraw([draws[0]!, draws[1]!, broken], key(2))).toThrow("broken");
  expect(memory().numTensors).toBe(before);
});
