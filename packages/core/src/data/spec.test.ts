import { describe as group, expect, it } from "vitest";
import {
  checkRows,
  conform,
  describe,
  elements,
  fieldOf,
  isOrdered,
  ragged,
  rows,
  sameSpec,
  selectSpec,
  specFromJson,
  specToJson,
  withoutLabels,
  xFields,
  yField,
  yFields,
} from "./index.js";
import type { Json } from "../types.js";
import type { DataSpec, Rows } from "./types.js";

const spec: DataSpec = {
  kind: "table",
  fields: {
    x: { type: "real", shape: [2] },
    colour: { type: "category", shape: [], levels: 3, names: ["red", "green", "blue"] },
    age: { type: "real", shape: [], optional: true },
    line: { type: "category", shape: [], levels: 5, sequence: true },
    note: { type: "text" },
    label: { type: "category", shape: [], levels: 2, role: "y", optional: true },
  },
};
const good = {
  x: [
    [1, 2],
    [3, 4],
  ],
  colour: Int32Array.of(0, 2),
  age: [1, NaN],
  line: ragged([[1], [2, 4]]),
  note: ["", "諸行😀"],
  label: Int32Array.of(-1, 1),
};
const check = (changes: Parameters<typeof rows>[0]) => (): void =>
  checkRows(spec, rows({ ...good, ...changes }));
const without = (x: Rows, name: string): Rows => ({
  length: x.length,
  columns: Object.fromEntries(Object.entries(x.columns).filter(([other]) => other !== name)),
});

group("specification", () => {
  it("tells x from y", () => {
    expect(Object.keys(xFields(spec))).toEqual(["x", "colour", "age", "line", "note"]);
    expect(Object.keys(yFields(spec))).toEqual(["label"]);
    expect(yField(spec)?.name).toBe("label");
    expect(yField(withoutLabels(spec))).toBeUndefined();
    expect(Object.keys(withoutLabels(spec).fields)).toEqual(Object.keys(xFields(spec)));
    expect(selectSpec(spec, ["note", "x"])).toEqual({
      kind: "table",
      fields: { note: spec.fields.note, x: spec.fields.x },
    });
    expect(() => fieldOf(selectSpec(spec, ["x"]), "y")).toThrow('There is no field "y": the data have "x".');
    expect(() =>
      yField({ kind: "table", fields: { a: { type: "text", role: "y" }, b: { type: "text", role: "y" } } }),
    ).toThrow('The data have several fields of role y ("a", "b"); select the one that is meant.');
  });

  it("counts elements", () => {
    expect(elements(spec, rows(good))).toEqual(Float64Array.of(2 + 1 + 1 + 1 + 0, 2 + 1 + 1 + 2 + 3));
    expect(elements(spec, without(rows(good), "age"))).toEqual(Float64Array.of(4, 8));
    expect(() => elements(spec, without(rows(good), "x"))).toThrow('There is no column "x"');
  });

  it("describes itself in one line", () => {
    expect(describe(spec)).toBe(
      "table: x real[2]; colour category of 3 levels; age real (optional); line category of 5 levels (sequence); note text; label category of 2 levels (label, optional)",
    );
  });

  it("compares without regard to order and defaults", () => {
    expect(sameSpec(spec, selectSpec(spec, Object.keys(spec.fields).reverse()))).toBe(true);
    expect(sameSpec(spec, { ...spec, kind: "points" })).toBe(false);
    expect(
      sameSpec(
        { kind: "points", fields: { x: { type: "real", shape: [2] } } },
        { kind: "points", fields: { x: { type: "real", shape: [2], role: "x", optional: false } } },
      ),
    ).toBe(true);
    expect(
      sameSpec(
        { kind: "points", fields: { x: { type: "real", shape: [2] } } },
        { kind: "points", fields: { x: { type: "real", shape: [3] } } },
      ),
    ).toBe(false);
    expect(isOrdered({ kind: "images", fields: {} }, { type: "category", shape: [], levels: 2 })).toBe(true);
    expect(isOrdered(spec, { type: "category", shape: [], levels: 2 })).toBe(false);
  });

  it("round-trips through JSON and refuses what is damaged", () => {
    expect(specFromJson(JSON.parse(JSON.stringify(specToJson(spec))) as Json)).toEqual(spec);
    const field = (json: object) => () =>
      specFromJson({ kind: "points", fields: { x: { ...json } as never } });
    for (const [read, message] of [
      [() => specFromJson([]), "data specification is not an object"],
      [
        () => specFromJson({ kind: "points", fields: {}, more: 1 }),
        'data specification has an unknown property "more"',
      ],
      [() => specFromJson({ kind: "sounds", fields: {} }), "kind of data is not one of points"],
      [field({ type: "complex" }), "is not of type real"],
      [field({ type: "real", shape: [-1] }), "has the shape [-1], which no row can have"],
      [
        field({ type: "real", shape: [2 ** 20, 2 ** 20] }),
        "has the shape [1048576, 1048576], which no row can have",
      ],
      [field({ type: "real", shape: ["a"] }), 'field "x".shape is not a finite number'],
      [field({ type: "category", shape: [], levels: 0 }), "has 0 levels"],
      [field({ type: "category", shape: [], levels: 2, names: ["a"] }), "has 1 names for 2 levels"],
      [field({ type: "text", role: "z" }), "has a role that is none of x, y and weight"],
      [field({ type: "text", optional: 1 }), 'field "x".optional is not true or false'],
    ] as const) {
      expect(read).toThrow(
        expect.objectContaining({
          name: "InputError",
          message: expect.stringContaining(message) as string,
        }) as Error,
      );
    }
  });
});

group("checkRows", () => {
  it("accepts what fits, and columns that it does not know", () => {
    expect(check({ more: ["a", "b"] })).not.toThrow();
    expect(() => checkRows(spec, without(rows(good), "age"))).not.toThrow();
  });

  it.each<[() => void, string]>([
    [
      () => checkRows(spec, without(rows(good), "note")),
      'Column "note" is missing: the rows have "x", "colour", "age", "line", "label".',
    ],
    [check({ x: [1, 2] }), 'Column "x" has rows of shape [] where [2] is expected; reshape or resize them.'],
    [
      check({
        x: [
          [1, 2],
          [3, NaN],
        ],
      }),
      'Column "x" is NaN in row 2 where a finite number is expected.',
    ],
    [
      check({ age: [Infinity, 1] }),
      'Column "age" is Infinity in row 1 where a finite number or NaN for missing is expected.',
    ],
    [check({ x: ["a", "b"] }), 'Column "x" is text ("a" in row 1) where a finite number is expected.'],
    [check({ note: [1, 2] }), 'Column "note" holds numbers where text is expected; give one string per row.'],
    [
      check({ colour: [0, 3] }),
      'Column "colour" is 3 in row 2 where a whole number from 0 to 2 is expected.',
    ],
    [
      check({ colour: [0.5, 1] }),
      'Column "colour" is 0.5 in row 1 where a whole number from 0 to 2 is expected.',
    ],
    [
      check({ colour: [0, -1] }),
      'Column "colour" is -1 in row 2 where a whole number from 0 to 2 is expected.',
    ],
    [
      check({ label: [2, 0] }),
      'Column "label" is 2 in row 1 where a whole number from 0 to 1, or -1 for missing, is expected.',
    ],
    [
      check({ line: ragged([[1], [2, 5]]) }),
      'Column "line" is 5 in row 2 where a whole number from 0 to 4 is expected.',
    ],
    [
      check({ line: [1, 2] }),
      'Column "line" has no lengths where sequences are expected; make it with ragged().',
    ],
    [
      check({ age: ragged([[1], [2]]) }),
      'Column "age" is ragged where rows of one shape are expected; cut or pad them to that shape.',
    ],
  ])("names column, row, value and what is expected %#", (f, message) => {
    expect(f).toThrow(expect.objectContaining({ name: "InputError", message }) as Error);
  });
});

group("conform", () => {
  it("turns names and float categories into integers and drops other columns", () => {
    const x = conform(spec, rows({ ...good, colour: ["blue", "red"], label: [NaN, 1], more: [1, 2] }));
    expect(x.columns.colour!.data).toEqual(Int32Array.of(2, 0));
    expect(x.columns.label!.data).toEqual(Int32Array.of(-1, 1));
    expect(Object.keys(x.columns)).not.toContain("more");
    expect(() => conform(spec, rows({ ...good, colour: ["pink", "red"] }))).toThrow(
      'Column "colour" is "pink" in row 1, which is none of its 3 levels ("red", "green", "blue").',
    );
    expect(() => conform(spec, rows({ ...good, colour: [NaN, 1] }))).toThrow(
      'Column "colour" is NaN in row 1',
    );
  });
});
