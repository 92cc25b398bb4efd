import { beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../backend/index.js";
import { makeTensor } from "../backend/engine.js";
import { key } from "../random/index.js";
import { finish, mix } from "./hash.js";
import {
  all,
  binarise,
  chunks,
  concatenate,
  dataset,
  encodedView,
  hashRows,
  identity,
  pipe,
  ragged,
  rows,
  selectFields,
  split,
  subset,
  take,
  withoutLabels,
} from "./index.js";
import { numbers } from "./testing/jacobian.js";
import type { DataSpec, Rows } from "./types.js";

const spec: DataSpec = {
  kind: "points",
  fields: { x: { type: "real", shape: [] }, y: { type: "category", shape: [], levels: 3, role: "y" } },
};
const points = (count: number, from = 0): Rows =>
  rows({
    x: Float64Array.from({ length: count }, (_, i) => i + from),
    y: Uint8Array.from({ length: count }, (_, i) => i % 3),
  });

beforeAll(async () => {
  await useBackend("cpu");
});

describe("dataset", () => {
  it("takes rows in the asked order", async () => {
    const data = dataset(spec, points(5));
    expect(data.length).toBe(5);
    expect(numbers(await data.take(Int32Array.of(3, 1)), "x")).toEqual(Float64Array.of(3, 1));
    expect(await all(data)).toEqual(points(5));
    expect(await all(dataset(spec, points(0)))).toEqual(points(0));
  });

  it("refuses rows that do not fit, and tensors", () => {
    expect(() => dataset(spec, rows({ x: [1] }))).toThrow('Column "y" is missing');
    expect(() => dataset(spec, rows({ x: { data: makeTensor([1]), shape: [] }, y: [0] }))).toThrow(
      'Column "x" is a tensor; download it before making a data set.',
    );
  });

  it("has views", async () => {
    const data = dataset(spec, points(6));
    const odd = subset(data, [1, 3, 5]);
    expect(numbers(await odd.take(Int32Array.of(2, 0)), "x")).toEqual(Float64Array.of(5, 1));
    expect(() => subset(data, [6])).toThrow("Index 6 is outside the 6 rows; give whole numbers from 0 to 5.");
    expect(() => odd.take(Int32Array.of(3))).toThrow("Index 3 is outside the 3 rows");
    expect(Object.keys((await all(selectFields(data, ["y"]))).columns)).toEqual(["y"]);
    expect(withoutLabels(data).spec).toEqual(withoutLabels(spec));
    expect(Object.keys((await all(withoutLabels(data))).columns)).toEqual(["x"]);
  });

  it("comes in chunks", async () => {
    const parts: Rows[] = [];
    for await (const part of chunks(dataset(spec, points(7)), 3)) parts.push(part);
    expect(parts.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(concatenate(parts)).toEqual(points(7));
    await expect(chunks(dataset(spec, points(1)), 0).next()).rejects.toThrow(
      "A chunk of 0 rows can't be taken; give a whole number from 1.",
    );
  });
});

describe("hash", () => {
  it("is MurmurHash3 on whole words", () => {
    expect(finish(0, 0)).toBe(0);
    expect(finish(mix(0, 0), 4)).toBe(0x2362f9de);
    expect(finish(mix(0, 0xffffffff), 4)).toBe(0x76293b50);
    // "test" as one little-endian word
    expect(finish(mix(0, 0x74736574), 4)).toBe(0xba6bd213);
  });

  it("sees content, not array types, order of columns or other rows", () => {
    const x = rows({ a: [1, -0, NaN], b: ["u", "v", "w"], c: ragged([[1], [], [2, 3]]) });
    const same = rows({
      c: ragged([Int32Array.of(1), Int32Array.of(), Int32Array.of(2, 3)]),
      b: ["u", "v", "w"],
      a: Float32Array.of(1, 0, NaN),
    });
    expect(hashRows(x)).toEqual(hashRows(same));
    expect(hashRows(take(x, [2, 0]))).toEqual(Uint32Array.of(hashRows(x)[2]!, hashRows(x)[0]!));
    expect(new Set(hashRows(points(10_000)).map((hash) => hash)).size).toBeGreaterThan(9_990);
    expect(hashRows(rows({ a: ["ab"], b: ["c"] }))).not.toEqual(hashRows(rows({ a: ["a"], b: ["bc"] })));
  });
});

describe("split", () => {
  it("gives about the shares, all rows once", async () => {
    const parts = await split(dataset(spec, points(5000)), { test: 0.2, validation: 0.1 });
    expect(Math.abs(parts.test.length / 5000 - 0.2)).toBeLessThan(0.02);
    expect(Math.abs(parts.validation.length / 5000 - 0.1)).toBeLessThan(0.02);
    const found = (await Promise.all(Object.values(parts).map((part) => all(part)))).flatMap((part) => [
      ...numbers(part, "x"),
    ]);
    expect(found.sort((a, b) => a - b)).toEqual([...numbers(points(5000), "x")]);
  });

  it("keeps a row on its side when rows come, go or change label", async () => {
    const few = await split(dataset(spec, points(300)), { test: 0.3 });
    const more = await split(dataset(spec, concatenate([points(200, 300), points(301, 0)])), { test: 0.3 });
    const moreTest = new Set(numbers(await all(more.test), "x"));
    const fewTest = new Set(numbers(await all(few.test), "x"));
    for (let i = 0; i < 300; i++) expect(moreTest.has(i)).toBe(fewTest.has(i));
  });

  it("says what it can't do", async () => {
    const data = dataset(spec, points(3));
    await expect(split(data, { test: 1 })).rejects.toThrow(
      'Shares { test: 1 } can\'t split the data; give shares above 0, together below 1, without "train", which is the rest.',
    );
    await expect(split(data, { train: 0.8 })).rejects.toThrow("can't split");
    await expect(split(data, { test: 1e-9 })).rejects.toThrow(
      'The 3 rows leave none for "test"; give more rows or a larger share.',
    );
  });
});

describe("encodedView", () => {
  const images: DataSpec = { kind: "images", fields: { x: { type: "category", shape: [8], levels: 256 } } };
  const data = dataset(images, rows({ x: { data: new Uint8Array(80).fill(128), shape: [8] } }));

  it("draws a row alike in every take without a key, and unlike its neighbour", async () => {
    const view = encodedView(data, binarise(images));
    expect(view.spec.fields.x).toMatchObject({ levels: 2 });
    const whole = await all(view);
    expect(await view.take(Int32Array.of(7, 2))).toEqual(take(whole, [7, 2]));
    expect(take(whole, [0])).not.toEqual(take(whole, [1]));
    expect((await view.take(Int32Array.of())).length).toBe(0);
  });

  it("draws from a key that is given", async () => {
    const view = encodedView(data, pipe(identity(images), binarise(images)));
    const indices = Int32Array.of(0, 0, 1);
    const first = await view.take(indices, key(1));
    expect(await view.take(indices, key(1))).toEqual(first);
    expect(await view.take(indices, key(2))).not.toEqual(first);
    expect(take(first, [0])).not.toEqual(take(first, [1]));
  });
});
