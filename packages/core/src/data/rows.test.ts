import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { useBackend } from "../backend/index.js";
import { makeTensor, memory } from "../backend/engine.js";
import {
  column,
  concatenate,
  download,
  downloadSync,
  emptyLike,
  elementNames,
  matrix,
  ragged,
  read,
  readSync,
  rows,
  select,
  slice,
  take,
  tensor,
  upload,
} from "./index.js";
import type { Rows } from "./types.js";

beforeAll(async () => {
  await useBackend("cpu");
});

describe("rows", () => {
  it("makes columns from nested arrays, typed arrays, strings and columns", () => {
    const x = rows({
      x: [
        [1, 2],
        [3, 4],
      ],
      n: [5, 6],
      c: Int32Array.of(7, 8),
      t: ["a", "b"],
      s: ragged([[1], [2, 3]]),
    });
    expect(x.length).toBe(2);
    expect(x.columns.x).toEqual({ data: Float64Array.of(1, 2, 3, 4), shape: [2] });
    expect(x.columns.n).toEqual({ data: Float64Array.of(5, 6), shape: [] });
    expect(x.columns.c).toEqual({ data: Int32Array.of(7, 8), shape: [] });
    expect(x.columns.t).toEqual({ data: ["a", "b"], shape: [] });
    expect(x.columns.s).toEqual({ data: Float64Array.of(1, 2, 3), shape: [], lengths: Int32Array.of(1, 2) });
    expect(rows({ x: [[[1, 2, 3]], [[4, 5, 6]]] }).columns.x!.shape).toEqual([1, 3]);
    expect(rows({}).length).toBe(0);
    expect(rows({ x: [] }).length).toBe(0);
    expect(ragged([Int32Array.of(1, 2, 3, 4), Int32Array.of(5, 6)], [2])).toEqual({
      data: Int32Array.of(1, 2, 3, 4, 5, 6),
      shape: [2],
      lengths: Int32Array.of(2, 1),
    });
  });

  it.each<[() => unknown, string]>([
    [
      () => rows({ x: [1, 2], y: ["a"] }),
      'Column "x" has 2 rows but column "y" has 1; give all columns the same number of rows.',
    ],
    [
      () => rows({ x: [[1, 2], [3]] }),
      'Column "x" mixes shapes or types; give every row numbers of the same shape, or sequences of unequal lengths through ragged().',
    ],
    [
      () => rows({ x: [1, [2]] }),
      'Column "x" mixes shapes or types; give every row numbers of the same shape, or sequences of unequal lengths through ragged().',
    ],
    [() => rows({ x: [[], []] }), 'Column "x" has rows of shape [0], which hold nothing; leave it out.'],
    [
      () => rows({ x: { data: Float64Array.of(1, 2, 3), shape: [2] } }),
      'Column "x" has 3 numbers, which is not a whole number of rows of shape [2]; check its shape and lengths.',
    ],
    [
      () => rows({ x: { data: Float64Array.of(1, 2, 3), shape: [], lengths: Int32Array.of(1, 1) } }),
      'Column "x" has 3 numbers, which is not a whole number of rows of shape []; check its shape and lengths.',
    ],
    [
      () => rows({ x: { data: ["a"], shape: [1] } }),
      'Column "x" is text with a shape; give one string per row and the shape [].',
    ],
    [
      () => rows({ x: { data: makeTensor([[1, 2]]), shape: [3] } }),
      'Column "x" is a tensor of shape [1, 2] where [1, 3] is expected; reshape it.',
    ],
    [
      () => ragged([[0], ["walk"] as unknown as number[]]),
      "Sequence 2 holds text; give the numbers of levels, which are their places in the field's names.",
    ],
    [
      () => ragged([[1, 2, 3]], [2]),
      "Sequence 1 has 3 numbers, which is not a multiple of the 2 of one element; give whole elements.",
    ],
    [() => column(rows({ x: [1], y: [2] })), 'The rows have columns "x", "y"; name the one you mean.'],
    [() => column(rows({ x: [1] }), "z"), 'There is no column "z": the rows have columns "x".'],
    [() => column(rows({}), "toString"), 'There is no column "toString": the rows have no columns.'],
    [() => take(rows({ x: [1, 2] }), [2]), "Index 2 is outside the 2 rows; give whole numbers from 0 to 1."],
    [
      () => slice(rows({ x: [1, 2] }), 1, 3),
      "Rows 1 to 3 are not within the 2 rows; give 0 <= from <= to <= 2.",
    ],
    [
      () => concatenate([rows({ x: [1] }), rows({ x: [1], y: [1] })]),
      'Column "y" is not in all the rows to concatenate; select the same columns in all.',
    ],
    [
      () => concatenate([rows({ x: [1], y: [1] }), rows({ x: [1] })]),
      'There is no column "y": the rows have columns "x".',
    ],
    [
      () => concatenate([rows({ x: [1] }), rows({ x: [[1]] })]),
      'Column "x" has rows of unlike shapes among the rows to concatenate; make them equal.',
    ],
    [
      () => concatenate([rows({ x: [1] }), rows({ x: ["a"] })]),
      'Column "x" is of unlike kinds (text, numbers, tensors) among the rows to concatenate; make them equal.',
    ],
    [() => tensor(rows({ t: ["a"] }), "t"), 'Column "t" is text; encode it as numbers first.'],
    [
      () =>
        matrix(
          rows({
            a: [1, 2],
            b: [
              [1, 2],
              [3, NaN],
            ],
          }),
          { kind: "table", fields: { a: { type: "real", shape: [] }, b: { type: "real", shape: [2] } } },
        ),
      'Column "b" is missing (NaN) in row 2; fill it in or leave the row out.',
    ],
    [
      () =>
        matrix(rows({ s: ragged([[1]]) }), {
          kind: "sequences",
          fields: { s: { type: "real", shape: [], sequence: true } },
        }),
      'Column "s" is ragged; a matrix needs rows of one length.',
    ],
  ])("says what is wrong %#", (f, message) => {
    expect(f).toThrow(expect.objectContaining({ name: "InputError", message }) as Error);
  });
});

const anyRows: fc.Arbitrary<Rows> = fc
  .array(
    fc.record({
      x: fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true })),
      c: fc.integer(),
      t: fc.string(),
      s: fc.array(fc.nat(255)),
    }),
  )
  .map((list) => ({
    length: list.length,
    columns: {
      x: { data: Float64Array.from(list.flatMap(({ x }) => x)), shape: [2] },
      c: { data: Int32Array.from(list, ({ c }) => c), shape: [] },
      t: { data: list.map(({ t }) => t), shape: [] },
      s: {
        data: Uint8Array.from(list.flatMap(({ s }) => s)),
        shape: [],
        lengths: Int32Array.from(list, ({ s }) => s.length),
      },
    },
  }));

describe("take, slice, concatenate", () => {
  it("puts slices together again", () => {
    fc.assert(
      fc.property(anyRows, fc.nat(), (x, cut) => {
        const at = cut % (x.length + 1);
        expect(concatenate([slice(x, 0, at), slice(x, at)])).toEqual(x);
        expect(concatenate([emptyLike(x), x])).toEqual(x);
      }),
    );
  });

  it("takes what single rows hold, in any order and more than once", () => {
    fc.assert(
      fc.property(anyRows, fc.array(fc.nat(), { maxLength: 8 }), (x, wanted) => {
        const indices = x.length === 0 ? [] : wanted.map((index) => index % x.length);
        const expected = concatenate([emptyLike(x), ...indices.map((index) => slice(x, index, index + 1))]);
        expect(take(x, indices)).toEqual(expected);
        expect(
          take(
            x,
            Int32Array.from({ length: x.length }, (_, i) => i),
          ),
        ).toEqual(x);
      }),
    );
  });

  it("does the same on the engine", () => {
    const x = rows({
      x: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      s: ragged([Int32Array.of(1), Int32Array.of(2, 3, 4), Int32Array.of(5, 6)]),
    });
    const before = memory().numTensors;
    const up = upload(x);
    for (const [there, here] of [
      [take(up, [2, 0, 2]), take(x, [2, 0, 2])],
      [slice(up, 1, 2), slice(x, 1, 2)],
      [concatenate([up, slice(up, 0, 1)]), concatenate([x, slice(x, 0, 1)])],
    ] as const) {
      const down = downloadSync(there);
      expect(down.length).toBe(here.length);
      for (const name of ["x", "s"]) {
        expect(Array.from(column(down, name).data as Float32Array)).toEqual(
          Array.from(column(here, name).data as Float64Array),
        );
        expect(column(down, name).lengths).toEqual(column(here, name).lengths);
      }
    }
    const short = slice(up, 0, 1);
    const joined = concatenate([
      { length: 1, columns: { s: { ...short.columns.s!, data: makeTensor([[9]], [1, 1], "int32") } } },
      select(up, ["s"]),
    ]);
    expect((joined.columns.s!.data as ReturnType<typeof makeTensor>).shape).toEqual([4, 3]);
    expect(column(downloadSync(joined)).data).toEqual(Int32Array.of(9, 1, 2, 3, 4, 5, 6));
    // upload 2; take 2, slice 2, slice and concatenate 4; slice 2; the tensor 1 and its concatenation 1
    expect(memory().numTensors).toBe(before + 2 + 2 + 2 + 4 + 2 + 1 + 1);
  });
});

describe("transfer", () => {
  it("uploads reals as float32 and integers as int32, ragged ones padded with 0", () => {
    const x = rows({
      x: [
        [1, 2],
        [3, 4],
      ],
      c: Uint8Array.of(1, 2),
      s: ragged([Int32Array.of(1, 2, 3, 4), Int32Array.of(5, 6)], [2]),
    });
    expect(tensor(x, "x").dtype).toBe("float32");
    expect(tensor(x, "x").shape).toEqual([2, 2]);
    expect(tensor(x, "c").dtype).toBe("int32");
    const padded = tensor(column(x, "s"));
    expect(padded.shape).toEqual([2, 2, 2]);
    expect([...padded.dataSync()]).toEqual([1, 2, 3, 4, 5, 6, 0, 0]);
  });

  it("borrows what is on the engine and copies what is not", async () => {
    const source = makeTensor([1, 2]);
    const x = rows({ x: { data: source, shape: [] } });
    expect(tensor(x)).toBe(source);
    const array = Float32Array.of(1, 2);
    const copied = tensor({ data: array, shape: [] });
    array[0] = 9;
    expect([...copied.dataSync()]).toEqual([1, 2]);
    const down = await download(x);
    expect(down.columns.x!.data).toEqual(Float32Array.of(1, 2));
    (down.columns.x!.data as Float32Array)[0] = 9;
    expect([...source.dataSync()]).toEqual([1, 2]);
    expect(downloadSync(rows({ t: ["a"] })).columns.t!.data).toEqual(["a"]);
  });

  it("round-trips ragged columns, also empty sequences", async () => {
    const x = rows({
      s: ragged([Int32Array.of(), Int32Array.of(1, 2), Int32Array.of(3)]),
      t: ["a", "b", "c"],
    });
    expect(await download(upload(x))).toEqual(x);
    const none = rows({ s: ragged([Int32Array.of(), Int32Array.of()]) });
    expect(await download(upload(none))).toEqual(none);
  });

  it("reads values and disposes the tensor", async () => {
    const before = memory().numTensors;
    expect(await read(makeTensor([1, 2]))).toEqual(Float64Array.of(1, 2));
    expect(readSync(makeTensor([3]))).toEqual(Float64Array.of(3));
    expect(await read(Float64Array.of(0.1))).toEqual(Float64Array.of(0.1));
    expect(memory().numTensors).toBe(before);
  });
});

it("lays real x fields side by side in float64", () => {
  const spec = {
    kind: "table",
    fields: {
      b: { type: "real", shape: [2] },
      c: { type: "category", shape: [], levels: 9 },
      a: { type: "real", shape: [] },
      y: { type: "real", shape: [], role: "y" },
    },
  } as const;
  const x = rows({
    a: [0.1, 0.2],
    b: [
      [1, 2],
      [3, 4],
    ],
    c: [1, 2],
    y: [5, 6],
  });
  expect(matrix(x, spec)).toEqual({
    data: Float64Array.of(1, 2, 0.1, 3, 4, 0.2),
    rows: 2,
    columns: 3,
    names: ["b[0]", "b[1]", "a"],
  });
  expect(elementNames("x", [2, 2])).toEqual(["x[0, 0]", "x[0, 1]", "x[1, 0]", "x[1, 1]"]);
});
