import { cast, grad, memory, mul, sum, tensor, tidy, type Tensor } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import {
  bernoulli,
  categorical,
  draw,
  exponential,
  exponentials,
  gammas,
  gumbel,
  gumbels,
  key,
  normal,
  normals,
  randint,
  randints,
  uniform,
  uniforms,
} from "./index.js";
import { chiSquare } from "./test-statistics.js";

const root = key(20_260_104);
beforeAll(async () => {
  await useBackend("cpu");
});

let before = 0;
let owned: Tensor[] = [];
const own = (t: Tensor): Tensor => {
  owned.push(t);
  return t;
};
beforeEach(() => {
  before = memory().numTensors;
  owned = [];
});
afterEach(() => {
  expect(memory().numTensors).toBe(before + owned.length);
  owned.forEach((t) => t.dispose());
});

describe("tensor draws are the typed arrays", () => {
  test.each([
    ["uniform", uniform, uniforms],
    ["normal", normal, normals],
    ["gumbel", gumbel, gumbels],
    ["exponential", exponential, exponentials],
  ] as const)("%s", (name, draws, numbers) => {
    const t = own(draws(root.fold(name), [2, 3, 4]));
    expect(t.shape).toEqual([2, 3, 4]);
    expect(t.dtype).toBe("float32");
    expect(t.dataSync()).toEqual(numbers(root.fold(name), 24));
    expect(own(draws(root.fold(name), [])).shape).toEqual([]);
    expect(own(draws(root.fold(name), [3, 0])).size).toBe(0);
  });

  test("randint", () => {
    const t = own(randint(root, [5, 2], 6));
    expect(t.dtype).toBe("int32");
    expect(t.dataSync()).toEqual(randints(key(20_260_104), 10, 6));
  });
});

describe("draw", () => {
  test("uploads float64 numbers as float32", () => {
    const t = own(draw(root.fold("gamma"), "gamma", [3], (from) => gammas(from, 2, 3)));
    expect(t.dataSync()).toEqual(Float32Array.from(gammas(root.fold("gamma"), 2, 3)));
  });

  test("throws when a key object is drawn from twice, or when the outer key is used inside", () => {
    const once = root.fold("once");
    own(normal(once, [2]));
    expect(() => normal(once, [2])).toThrow("already drawn from");
    const outer = root.fold("outer");
    expect(() => draw(outer, "normal", [2], () => normals(outer, 2))).toThrow("already drawn from");
  });

  test("refuses bad shapes and miscounted numbers", () => {
    expect(() => uniform(root.fold("bad"), [2, -1])).toThrow("axis of a shape");
    expect(() => uniform(root.fold("bad"), [1.5])).toThrow("axis of a shape");
    expect(() => draw(root.fold("bad"), "few", [3], (from) => uniforms(from, 2))).toThrow(
      "few made 2 numbers",
    );
  });
});

describe("bernoulli", () => {
  test("has its probabilities (chi-square at 1e-6), certain ones included", () => {
    const p = own(tensor([0, 0.2, 0.7, 1]));
    const t = own(bernoulli(root.fold("bernoulli"), p, [20_000]));
    expect([t.shape, t.dtype]).toEqual([[20_000, 4], "int32"]);
    const values = t.dataSync();
    const column = (c: number): number[] => Array.from({ length: 20_000 }, (_, i) => values[4 * i + c]!);
    expect(Math.max(...column(0))).toBe(0);
    expect(Math.min(...column(3))).toBe(1);
    expect(chiSquare(column(1), (k) => [0.8, 0.2][k]!, 2)).toBeGreaterThan(1e-6);
    expect(chiSquare(column(2), (k) => [0.3, 0.7][k]!, 2)).toBeGreaterThan(1e-6);
  });

  test("is stable in its prefix", () => {
    const p = own(tensor([[0.5, 0.4, 0.3]]));
    const few = own(bernoulli(root.fold("prefix"), p, [5])).dataSync();
    expect(
      own(bernoulli(root.fold("prefix"), p, [9]))
        .dataSync()
        .slice(0, 15),
    ).toEqual(few);
    expect(own(bernoulli(root.fold("prefix"), p)).dataSync()).toEqual(few.slice(0, 3));
  });
});

describe("categorical", () => {
  const logits = [
    [0, 1, -Infinity, 2],
    [-3, 100, 100, 0],
  ];
  const probabilities = logits.map((row) => {
    const masses = row.map((l) => Math.exp(l - Math.max(...row)));
    return masses.map((m) => m / masses.reduce((a, b) => a + b));
  });

  test("has softmax probabilities (chi-square at 1e-6); -Infinity never comes", () => {
    const t = own(categorical(root.fold("categorical"), own(tensor(logits)), [20_000]));
    expect([t.shape, t.dtype]).toEqual([[20_000, 2], "int32"]);
    const values = t.dataSync();
    probabilities.forEach((row, r) => {
      const classes = Array.from({ length: 20_000 }, (_, i) => values[2 * i + r]!);
      const possible = row.flatMap((p, c) => (p > 1e-9 ? [c] : []));
      expect(classes.every((c) => possible.includes(c))).toBe(true);
      const ranks = classes.map((c) => possible.indexOf(c));
      expect(chiSquare(ranks, (k) => row[possible[k]!]!, possible.length)).toBeGreaterThan(1e-6);
    });
  });

  test("is stable in its prefix, and scalar for a vector of logits", () => {
    const l = own(tensor(logits));
    const few = own(categorical(root.fold("prefix"), l, [5])).dataSync();
    expect(
      own(categorical(root.fold("prefix"), l, [3, 3]))
        .dataSync()
        .slice(0, 10),
    ).toEqual(few);
    expect(own(categorical(root.fold("one"), own(tensor([1, 2])))).shape).toEqual([]);
  });

  test("refuses logits without classes, leaking nothing", () => {
    expect(() => categorical(root.fold("bad"), own(tensor(1)))).toThrow("last axis");
    expect(() => categorical(root.fold("bad"), own(tensor([], [2, 0])))).toThrow("last axis");
  });
});

test("no gradient flows through discrete draws", () => {
  const logits = own(tensor([0.5, -0.2, 0.1]));
  const classes = (l: Tensor): Tensor => cast(categorical(root.fold("gradient"), l, [3]), "float32");
  const slope = own(grad((l: Tensor) => sum(mul(l, classes(l))))(logits));
  expect([...slope.dataSync()]).toEqual([...own(tidy(() => classes(logits))).dataSync()]);
  const p = own(tensor([0.5, 0.2]));
  const g = own(grad((x: Tensor) => sum(mul(x, bernoulli(root.fold("gradient"), x))))(p));
  expect(g.dataSync()).toEqual(Float32Array.from(own(bernoulli(root.fold("gradient"), p)).dataSync()));
});
