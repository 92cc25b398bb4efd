import { afterEach, describe, expect, test, vi } from "vitest";
import { isInputError } from "../errors.js";
import { bits } from "./bits.js";
import { key, keyFrom } from "./key.js";
import { normals } from "./normals.js";
import { block } from "./threefry.js";

const caught = (f: () => unknown): unknown => {
  try {
    f();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("JAX's partitionable vectors", () => {
  test("bits", () => {
    expect([...bits(key(0), 1)]).toEqual([4070199207]);
    expect([...bits(key(10), 4)]).toEqual([169096361, 1572511259, 2689743692, 2228103506]);
  });

  test("split", () => {
    expect(
      key(1)
        .split(3)
        .map((k) => k.data),
    ).toEqual([
      [507451445, 1853169794],
      [1948878966, 4237131848],
      [2441914641, 3819641963],
    ]);
  });

  test("split(n)[i] equals fold(i)", () => {
    const parent = key(1701);
    parent.split(9).forEach((k, i) => expect(k.data).toEqual(parent.fold(i).data));
  });
});

describe("names", () => {
  test("are hashed by chained blocks over UTF-8 bytes", () => {
    const root = key(7);
    const first = block(0, 7, 0xffffffff, 3);
    expect(root.fold("é!").data).toEqual(block(...first, 0x0021a9c3, 0));
    expect(root.fold("").data).toEqual(block(0, 7, 0xffffffff, 0));
    const long = block(...block(0, 7, 0xffffffff, 9), 0x64636261, 0x68676665);
    expect(root.fold("abcdefghi").data).toEqual(block(...long, 0x69, 0));
  });

  test("give distinct keys, apart from those of numbers", () => {
    const root = key(7);
    const names = [
      "",
      "\0",
      "\0\0",
      "a",
      "b",
      "ab",
      "ba",
      "encoder",
      "decoder",
      "0",
      "1",
      "编码器",
      "12345678",
    ];
    const folded = [...names.map((name) => root.fold(name)), ...root.split(50)];
    expect(new Set(folded.map((k) => k.data.join())).size).toBe(folded.length);
    expect(root.fold("a").fold("b").data).not.toEqual(root.fold("b").fold("a").data);
    expect(root.fold("encoder").data).toEqual(key(7).fold("encoder").data);
  });
});

describe("keys", () => {
  test("are revived from their data", () => {
    const folded = key(3).fold("step").fold(12);
    const revived = keyFrom(JSON.parse(JSON.stringify(folded.data)) as number[]);
    expect(revived.data).toEqual(folded.data);
    expect(bits(revived, 5)).toEqual(bits(folded, 5));
  });

  test("are immutable", () => {
    const root = key(3);
    expect(() => Object.assign(root, { data: [1, 2] })).toThrow(TypeError);
    expect(() => Object.assign(root.data, [1, 2])).toThrow(TypeError);
  });

  test.each([-1, 0.5, NaN, Infinity, 2 ** 32])("refuse %s as a seed, a fold and a count", (seed) => {
    for (const f of [
      () => key(seed),
      () => key(0).fold(seed),
      () => key(0).split(seed),
      () => bits(key(0), seed),
    ]) {
      const error = caught(f);
      expect(isInputError(error)).toBe(true);
      expect(String(error)).toContain(String(seed));
    }
  });

  test.each([[[]], [[1]], [[1, 2, 3]], [[1, -2]], [[0.5, 2]]])("refuse %s as data", (data) => {
    expect(isInputError(caught(() => keyFrom(data)))).toBe(true);
  });

  test("take the largest seed", () => {
    expect(key(2 ** 32 - 1).data).toEqual([0, 2 ** 32 - 1]);
  });
});

describe("drawing twice from one key object", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  test("throws, whatever the sampler", () => {
    const root = key(1);
    bits(root, 3);
    expect(() => bits(root, 3)).toThrow("already drawn from");
    expect(() => normals(root, 3)).toThrow("already drawn from");
  });

  test("doesn't hinder deriving, before or after", () => {
    const root = key(1);
    root.split(2);
    root.fold("a");
    bits(root, 1);
    expect(root.fold("a").data).toEqual(root.fold("a").data);
    bits(root.fold("a"), 1);
    bits(root.fold("a"), 1);
  });

  test("is not looked for in production", () => {
    vi.stubEnv("NODE_ENV", "production");
    const root = key(1);
    expect(bits(root, 3)).toEqual(bits(root, 3));
  });

  test("is looked for where there is no process", () => {
    vi.stubGlobal("process", undefined);
    const root = key(1);
    bits(root, 1);
    expect(() => bits(root, 1)).toThrow("already drawn from");
  });
});
