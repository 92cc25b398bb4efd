import { beforeAll, expect, test } from "vitest";
import { dispose, makeTensor, tidy } from "../backend/engine.js";
import { tensorCount, useBackend } from "../backend/index.js";
import { column, read, rows } from "../data/index.js";
import type { Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import { key } from "../random/index.js";
import { Categorical } from "./categorical.js";
import { Independent } from "./independent.js";
import { InColumns } from "./in-columns.js";
import { MultivariateNormalDiag } from "./multivariate-normal-diag.js";

beforeAll(() => useBackend("cpu"));

const shapes = { a: [], b: [2, 2] };
const normal = () =>
  new MultivariateNormalDiag({
    loc: makeTensor([0, 1, 2, 3, 4, 10, 11, 12, 13, 14], [2, 5]),
    scaleDiag: makeTensor([1, 2, 3, 4, 5]),
  });

const read2 = (x: Rows, name: string): number[] => [
  ...(column(x, name).data as { dataSync(): Float32Array }).dataSync(),
];

test("the axis is cut into the columns in their order", () => {
  tidy(() => {
    const mean = new InColumns(normal(), shapes).mean!();
    expect(mean.length).toBe(2);
    expect(read2(mean, "a")).toEqual([0, 10]);
    expect(read2(mean, "b")).toEqual([1, 2, 3, 4, 11, 12, 13, 14]);
    expect(column(mean, "b").shape).toEqual([2, 2]);
    const mode = new InColumns(normal(), shapes).mode!();
    expect(read2(mode, "b")).toEqual(read2(mean, "b"));
  });
});

test("samples are the base's, flattened; log-probabilities too, of typed arrays and tensors", async () => {
  const base = normal();
  const inColumns = new InColumns(base, shapes);
  const vectors = base.sample(key(1), [3]);
  const drawn = inColumns.sample(key(1), [3]);
  expect(drawn.length).toBe(6);
  const numbers = [...vectors.dataSync()];
  expect(read2(drawn, "a")).toEqual([0, 1, 2, 3, 4, 5].map((i) => numbers[5 * i]));
  expect(read2(drawn, "b").slice(4, 8)).toEqual(numbers.slice(6, 10));
  const expected = [...(await read(base.logProb(vectors)))];
  expect([...(await read(inColumns.logProb(drawn)))]).toEqual(expected);
  const plain = rows({
    a: Float64Array.from(read2(drawn, "a")),
    b: { data: Float64Array.from(read2(drawn, "b")), shape: [2, 2] },
  });
  expect([...(await read(inColumns.logProb(plain)))]).toEqual(expected);
});

test("whole numbers are numbers like others", async () => {
  const base = new MultivariateNormalDiag({ loc: makeTensor([0, 0]), scaleDiag: makeTensor([1, 1]) });
  const x = rows({ a: Int32Array.of(1), b: Float64Array.of(0) });
  const [logProb] = await read(new InColumns(base, { a: [], b: [] }).logProb(x));
  expect(logProb).toBeCloseTo(-0.5 - Math.log(2 * Math.PI), 5);
});

test("has a mean only when the base has one", () => {
  const base = new Independent(new Categorical({ logits: makeTensor([0, 0, 0, 0], [2, 2]) }), 1);
  expect(new InColumns(base, { a: [], b: [] }).mean).toBeUndefined();
});

test("columns of another width are refused", () => {
  expect(() => new InColumns(normal(), { a: [], b: [3] })).toThrow(InputError);
});

test("leaks nothing, and does not take the base's parameters away", () => {
  const base = normal();
  const inColumns = new InColumns(base, shapes);
  const before = tensorCount();
  for (const x of [inColumns.sample(key(1)), inColumns.mean!(), inColumns.mode!()]) {
    inColumns.logProb(x).dispose();
    dispose([column(x, "a").data, column(x, "b").data] as never);
  }
  expect(() => inColumns.logProb(rows({ a: [1] }))).toThrow(InputError);
  expect(tensorCount()).toBe(before);
  base.sample(key(1)).dispose();
});
