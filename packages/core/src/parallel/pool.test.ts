import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { isInputError } from "../errors.js";
import { openPool } from "./pool.js";
import { kernels } from "./testing/kernels.mjs";
import type { WorkerConstructor } from "./types.js";
import { useWorkers } from "./workers.js";

interface Part {
  readonly x: Float64Array;
}

const open = (file = "./testing/worker.mjs", chunk = (part: Part): Part => part) =>
  openPool({
    kernels,
    worker: (Worker: WorkerConstructor) => new Worker(new URL(file, import.meta.url), { type: "module" }),
    chunk,
  });

const parts = (count: number, size = 1): Part[] =>
  Array.from({ length: count }, (_, i) => ({
    x: Float64Array.from({ length: size }, (_, j) => (j === 0 ? i : Math.sin(i * size + j))),
  }));

async function rest(results: AsyncIterable<unknown>): Promise<void> {
  for await (const result of results) expect(result).toBeDefined();
}

afterEach(() => {
  useWorkers();
});

test.each([1, 2, 3])("%i workers give the bits of none, in order, in as many threads", async (count) => {
  const data = parts(11, 100);
  useWorkers(0);
  using alone = open();
  const expected = await alone.map("moments", { mean: 0.3 }, data);
  expect(alone.workers).toBe(0);
  useWorkers(count);
  using pool = open();
  for (let sweep = 0; sweep < 3; sweep++)
    expect(await pool.map("moments", { mean: 0.3 }, data)).toEqual(expected);
  expect(new Set(await pool.map("where", undefined, data)).size).toBe(count);
  expect(pool.workers).toBe(count);
});

test("a part that comes again stays in its worker; those of a stream pass", async () => {
  useWorkers(2);
  let made = 0;
  using pool = open(undefined, (part) => (made++, part));
  const data = parts(6);
  await pool.map("where", undefined, data);
  const before = await pool.map("where", undefined, data);
  expect(made).toBe(12);
  expect(await pool.map("where", undefined, data)).toEqual(before);
  expect(made).toBe(12);
  // The workers' copies stand, though these change.
  data.forEach(({ x }) => x.fill(9));
  expect(await pool.map("slow", 0, data)).toEqual([0, 1, 2, 3, 4, 5]);
  async function* stream() {
    for (const { x } of data) yield await Promise.resolve({ x });
  }
  expect(await pool.map("slow", 0, stream())).toEqual([9, 9, 9, 9, 9, 9]);
  expect(made).toBe(18);
});

test("chunks, states and results may be views and nested; only what they show is sent", async () => {
  const { x } = parts(1, 1000)[0]!;
  const data = [{ x: x.subarray(10, 13) }];
  const state = { list: ["a", { b: x.subarray(0, 2) }], none: null, word: "w", zero: -0 };
  for (const count of [0, 1]) {
    useWorkers(count);
    using pool = open();
    const [result] = await pool.map("echo", state, data);
    expect(result).toEqual({ chunk: data[0], state, part: x.subarray(11, 13) });
    if (count === 1) expect(result!.chunk.x.buffer.byteLength).toBe(24);
  }
});

test.each([0, 2])("with %i workers the first part's error comes back as it was thrown", async (count) => {
  useWorkers(count);
  using pool = open();
  await expect(pool.map("fail", { at: 3 }, parts(8))).rejects.toThrow(new RangeError("3"));
  const error: unknown = await pool.map("fail", { at: 2, input: true }, parts(8)).catch((e: unknown) => e);
  expect(isInputError(error)).toBe(true);
  expect((error as Error).message).toBe("Row 2 is bad.");
  await expect(pool.map("odd", undefined, parts(2))).rejects.toThrow(/plain data.*an instance of Map/);
  await expect(pool.map("echo", () => 1, parts(2))).rejects.toThrow(/plain data.*a function/);
  expect(await pool.map("fail", { at: 9 }, parts(3))).toEqual([0, 1, 2]);
});

test("a thread that ends rejects what it had, and the next sweep starts anew", async () => {
  useWorkers(2);
  using pool = open();
  await expect(pool.map("leave", undefined, parts(3))).rejects.toThrow(/A worker thread stopped/);
  expect(await pool.map("slow", 0, parts(3))).toEqual([0, 1, 2]);
});

test.each([0, 2])("with %i workers a signal and a break stop a sweep", async (count) => {
  useWorkers(count);
  using pool = open();
  const many = parts(500);
  await expect(pool.map("slow", 20, many, AbortSignal.timeout(200))).rejects.toThrow(/timeout/);
  await expect(pool.map("slow", 20, many, AbortSignal.abort())).rejects.toThrow(/abort/);
  let closed = false;
  function* lent() {
    try {
      yield* many;
    } finally {
      closed = true;
    }
  }
  for await (const result of pool.each("slow", 0, lent())) if (result === 2) break;
  expect(closed).toBe(true);
  expect(await pool.map("slow", 0, parts(2))).toEqual([0, 1]);
});

test("disposal rejects what runs, and ends the threads", async () => {
  useWorkers(2);
  const pool = open();
  const running = pool.each("slow", 100, parts(20));
  await running.next();
  pool[Symbol.dispose]();
  // What was done before may still come.
  await expect(rest(running)).rejects.toThrow(/A worker thread stopped/);
  expect(pool.workers).toBe(0);
});

test.each(["./testing/missing.mjs", "./testing/kernels.mjs"])(
  "without a worker in %s this thread does it",
  async (file) => {
    useWorkers(2);
    using pool = open(file);
    expect(await pool.map("where", undefined, parts(3))).toEqual([0, 0, 0]);
    expect(pool.workers).toBe(0);
  },
);

test("small data and single parts start no threads by default, large ones do", async () => {
  using pool = open();
  await pool.map("where", undefined, parts(20, 100));
  await pool.map("where", undefined, parts(1, 200_000));
  await pool.map("where", undefined, []);
  expect(pool.workers).toBe(0);
  await pool.map("where", undefined, parts(3, 50_000));
  expect(pool.workers).toBeGreaterThan(0);
});

test("sweeps may run side by side", async () => {
  useWorkers(2);
  using pool = open();
  const [a, b] = await Promise.all([pool.map("slow", 1, parts(9)), pool.map("slow", 1, parts(5))]);
  expect([a.length, b.length]).toEqual([9, 5]);
});

test("a program that disposes nothing ends by itself", () => {
  const program = fileURLToPath(new URL("testing/program.mjs", import.meta.url));
  const printed = execFileSync(process.execPath, [program], { timeout: 30_000, encoding: "utf8" });
  expect(printed).toBe("1,2,3 2\n");
});

test("a number of workers is an integer from 0", () => {
  for (const count of [-1, 1.5, NaN]) expect(() => useWorkers(count)).toThrow(/an integer from 0/);
});
