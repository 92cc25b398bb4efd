import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { dataset, identity, rows, standardise } from "../data/index.js";
import type { DataSpec, Rows } from "../data/types.js";
import { key } from "../random/index.js";
import { openStream } from "./stream.js";

beforeAll(() => useBackend("cpu"));

const spec: DataSpec = { kind: "points", fields: { x: { type: "real", shape: [] } } };
const data = dataset(spec, rows({ x: Float64Array.from({ length: 10 }, (_, i) => i) }));
const numbers = (x: Rows): number[] => Array.from(x.columns["x"]!.data as Float64Array);

test("chunks of a stream are taken in order, at every sweep anew", async () => {
  const stream = openStream({ data, encoding: identity(spec), batch: 4, key: key(1) });
  for (const sweep of [1, 2]) {
    const seen: number[][] = [];
    for await (const chunk of stream.chunks(key(sweep))) seen.push(numbers(chunk));
    expect(seen).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  }
});

test("they are encoded", async () => {
  const encoding = await standardise(data);
  const stream = openStream({ data, encoding, batch: 4, key: key(1) });
  const seen: number[] = [];
  for await (const chunk of stream.chunks(key(2))) seen.push(...numbers(chunk));
  expect(seen).toEqual(
    numbers(encoding.encode(await data.take(Int32Array.from({ length: 10 }, (_, i) => i)))),
  );
});

test("a sample has rows of every stretch, each once", async () => {
  const many = 200_000;
  const long = dataset(spec, rows({ x: Float64Array.from({ length: many }, (_, i) => i) }));
  const stream = openStream({ data: long, encoding: identity(spec), batch: 1000, key: key(1) });
  const [sample] = await stream.sample(key(3));
  const seen = numbers(sample!);
  expect(seen).toHaveLength(65_536);
  expect(new Set(seen).size).toBe(65_536);
  const small = openStream({ data, encoding: identity(spec), batch: 3, key: key(1) });
  expect(Array.from(await small.sample(key(4)), numbers)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
});
