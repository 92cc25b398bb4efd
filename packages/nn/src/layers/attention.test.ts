import { concat, slice, tensor, tidy, variable, type Tensor } from "@tensorflow/tfjs-core";
import { InputError, key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { orthogonal } from "../initialisers/orthogonal.js";
import { firstOrderError, secondOrderError } from "../testing/differences.js";
import { distance, uneven } from "../testing/numbers.js";
import { disposeAll } from "../variables.js";
import { causalMask, scaledDotProductAttention, SelfAttention, type AttentionCache } from "./attention.js";

const attention = (causal: boolean) => new SelfAttention({ width: 4, heads: 2, causal, key: key(1) });

/** softmax(q kᵀ / √d) v of one head in float64. */
function reference(q: Tensor, k: Tensor, v: Tensor, causal: boolean): number[] {
  const [queries, keys, d] = [q.shape[0], k.shape[0], q.shape[1]!];
  const [a, b, c] = [q.dataSync(), k.dataSync(), v.dataSync()];
  return Array.from({ length: queries * d }, (_, at) => {
    const i = Math.floor(at / d);
    const weights = Array.from({ length: keys }, (_, j) => {
      if (causal && j > i + keys - queries) return 0;
      let score = 0;
      for (let p = 0; p < d; p++) score += a[i * d + p]! * b[j * d + p]!;
      return Math.exp(score / Math.sqrt(d));
    });
    const total = weights.reduce((x, y) => x + y);
    return weights.reduce((sum, w, j) => sum + (w / total) * c[j * d + (at % d)]!, 0);
  });
}

describe.each(["cpu", "wasm"] as const)("attention on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([true, false])("is softmax(q kᵀ / √d) v (causal: %s)", (causal) => {
    const [q, k, v] = [uneven([2, 3], 2), uneven([4, 3], 2, 1), uneven([4, 3], 1, 2)];
    const found = scaledDotProductAttention(q, k, v, causal).dataSync();
    expect(distance(found, reference(q, k, v, causal))).toBeLessThan(1e-6);
  });

  test.each([true, false])("derivatives of both orders in q, k and v agree (causal: %s)", (causal) => {
    const all = [uneven([3, 2], 1.5), uneven([3, 2], 1.5, 1), uneven([3, 2], 1, 2)] as const;
    expect(firstOrderError(() => scaledDotProductAttention(...all, causal), all)).toBeLessThan(1e-3);
    expect(secondOrderError(() => scaledDotProductAttention(...all, causal), all)).toBeLessThan(1e-3);
  });

  test("derivatives of a layer in x and its parameters agree", () => {
    const layer = attention(true);
    const x = uneven([2, 3, 4]);
    const all = [x, ...Object.values(layer.variables)];
    expect(firstOrderError(() => layer.call(x), all)).toBeLessThan(1e-3);
    expect(secondOrderError(() => layer.call(x), all)).toBeLessThan(1e-3);
  });

  test("a later position changes nothing before it, to the bit; without causal it does", () => {
    for (const causal of [true, false]) {
      const layer = attention(causal);
      const x = uneven([1, 5, 4], 3);
      const before = layer.call(x).dataSync().slice();
      for (let position = 1; position < 5; position++) {
        const other = x
          .dataSync()
          .slice()
          .fill(1e4, position * 4);
        const after = layer.call(tensor(other, [1, 5, 4])).dataSync();
        const kept = after.slice(0, position * 4);
        if (causal) expect(kept).toEqual(before.slice(0, position * 4));
        else expect(kept).not.toEqual(before.slice(0, position * 4));
      }
    }
  });

  test.each([[[1, 1, 1, 1, 1, 1]], [[4, 2]], [[2, 1, 3]]])(
    "in pieces of %j through the cache = at once",
    (pieces) => {
      const layer = attention(true);
      const x = uneven([2, 6, 4], 2);
      const full = layer.call(x).dataSync();
      let cache: AttentionCache | undefined;
      let from = 0;
      const parts = pieces.map((size) => {
        const extended = layer.extend(slice(x, [0, from, 0], [2, size, 4]), cache);
        cache = extended.cache;
        from += size;
        return extended.y;
      });
      expect(distance(concat(parts, 1).dataSync(), full)).toBeLessThan(1e-5);
      expect(cache!.keys.shape).toEqual([2, 2, 6, 2]);
    },
  );
});

test("the mask shows each query the keys up to its own position", () => {
  const mask = causalMask(2, 4);
  expect([...mask.dataSync()].map((v) => (v === 0 ? 1 : 0))).toEqual([1, 1, 1, 0, 1, 1, 1, 1]);
});

test("leaks nothing, also when it throws", () => {
  const before = tensorCount();
  const options = { width: 4, heads: 2, causal: true, key: key(1) };
  expect(() => new SelfAttention({ ...options, heads: 3 })).toThrow(InputError);
  const broken = () => {
    throw new Error("broken");
  };
  expect(() => new SelfAttention({ ...options, outputWeight: broken })).toThrow("broken");
  expect(() => new SelfAttention({ ...options, biases: orthogonal })).toThrow(InputError);
  expect(tensorCount()).toBe(before);

  const layer = new SelfAttention(options);
  const x = tidy(() => variable(uneven([1, 2, 4])));
  const held = tensorCount();
  layer.call(x).dispose();
  const first = layer.extend(x, undefined);
  const second = layer.extend(x, first.cache);
  expect(tensorCount()).toBe(held + 6);
  for (const { y, cache } of [first, second])
    for (const each of [y, cache.keys, cache.values]) each.dispose();
  expect(tensorCount()).toBe(held);
  disposeAll(layer.variables);
});
