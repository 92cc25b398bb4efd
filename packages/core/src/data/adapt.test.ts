import { expect, it } from "vitest";
import { adapt, all, dataset, ragged, rows } from "./index.js";
import type { CategoryField } from "./spec.js";
import type { DataSpec } from "./types.js";

const words = (names: readonly string[], more: Partial<CategoryField> = {}): CategoryField => ({
  type: "category",
  shape: [],
  sequence: true,
  levels: names.length,
  names,
  ...more,
});
const specOf = (fields: DataSpec["fields"]): DataSpec => ({ kind: "sequences", fields });
const tagged = (x: readonly string[], y: readonly string[], optional: boolean): DataSpec =>
  specOf({ words: words(x, { optional }), tags: words(y, { role: "y" }) });
const given = dataset(
  tagged(["a", "b", "new"], ["O", "X"], true),
  rows({
    words: ragged([Int32Array.of(1, 2, -1), Int32Array.of(0, 2)]),
    tags: ragged([Int32Array.of(0, 1, 0), Int32Array.of(1, 1)]),
  }),
);

it("numbers named levels as the model does; what it has no name for is missing where values may be", async () => {
  const own = tagged(["b", "c", "a"], ["X", "O"], true);
  const { dataset: data, unknown } = await adapt(given, own);
  expect(data.spec).toEqual(own);
  expect(unknown).toEqual({ words: 2 });
  const { columns } = await all(data);
  expect(columns.words).toEqual({
    data: Int32Array.of(0, -1, -1, 2, -1),
    shape: [],
    lengths: Int32Array.of(3, 2),
  });
  expect(columns.tags!.data).toEqual(Int32Array.of(1, 0, 1, 0, 0));
});

it("leaves alone what the model knows already, and out what it doesn't", async () => {
  expect(await adapt(given, given.spec)).toMatchObject({ dataset: { spec: given.spec }, unknown: {} });
  const { dataset: data } = await adapt(given, specOf({ words: given.spec.fields.words! }));
  expect(Object.keys((await all(data)).columns)).toEqual(["words"]);
});

it("lets labels be missing, one by one or all", async () => {
  const spec = specOf({
    words: given.spec.fields.words!,
    tags: words(["O", "X"], { role: "y", optional: true }),
  });
  const open = dataset(
    spec,
    rows({ words: ragged([Int32Array.of(0, 1)]), tags: ragged([Int32Array.of(-1, 1)]) }),
  );
  const own = tagged(["a", "b", "new"], ["X", "O"], true);
  expect((await all((await adapt(open, own)).dataset)).columns.tags!.data).toEqual(Int32Array.of(-1, 0));
  const bare = dataset(
    specOf({ words: given.spec.fields.words! }),
    rows({ words: ragged([Int32Array.of(0)]) }),
  );
  expect(Object.keys((await adapt(bare, own)).dataset.spec.fields)).toEqual(["words"]);
});

it.each<[string, DataSpec, string]>([
  [
    "a name that is new where none may be missing",
    tagged(["a", "b"], ["O", "X"], false),
    'Column "words" is "new" in row 1, which is none of its 2 levels ("a", "b").',
  ],
  [
    "a value that is missing there",
    tagged(["a", "b", "new", "c"], ["O", "X"], false),
    'Column "words" has no value in row 1, and the model takes no missing ones.',
  ],
  [
    "a label that is new",
    tagged(["a", "b"], ["O"], true),
    'Column "tags" is "X" in row 1, which is none of its 1 levels ("O").',
  ],
  [
    "another type",
    specOf({ words: { type: "real", shape: [], sequence: true } }),
    'knows the field "words" as a sequence of real of shape [], but in these data it is a sequence of category of named levels',
  ],
  [
    "no field at all of those that may be missing",
    specOf({ letters: words(["a"], { optional: true }), tags: words(["O", "X"], { role: "y" }) }),
    'needs the field "letters", and these data have: words, tags.',
  ],
  [
    "a field that is not there",
    specOf({ letters: words(["a"]) }),
    'needs the field "letters", and these data have: words, tags.',
  ],
])("refuses %s", async (_, spec, message) => {
  await expect(adapt(given, spec)).rejects.toThrow(message);
});
