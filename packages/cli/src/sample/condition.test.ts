import type { AnyInstance, DataSpec, Rows } from "@gen/core";
import { expect, test } from "vitest";
import { readFlags } from "../arguments/flags.js";
import { underCondition } from "./condition.js";

const pixels = { type: "category", levels: 4, shape: [2, 2, 1] } as const;
const point = { type: "real", shape: [2] } as const;

/** What a model of these fields is given by `--given`. */
function givenTo(fields: DataSpec["fields"], given: string): Rows {
  const seen: Rows[] = [];
  const model = {
    capabilities: new Set(["conditional"]),
    condition: { kind: "images", fields },
    given: (condition: Rows) => seen.push(condition),
  };
  const flags = readFlags(["--given", given], { given: { type: "string" } });
  underCondition(model as unknown as AnyInstance, flags);
  return seen[0]!;
}

const numbers = (x: Rows, name: string): number[] => Array.from(x.columns[name]!.data as ArrayLike<number>);

test.each([
  ["3,0", [3, 0, -1, -1]],
  ["3, , 2, 1", [3, -1, 2, 1]],
  ["1,2,3,0", [1, 2, 3, 0]],
])("of a picture that may have gaps, %s leaves the rest missing", (value, expected) => {
  expect(numbers(givenTo({ x: { ...pixels, optional: true } }, `x=${value}`), "x")).toEqual(expected);
});

test("missing numbers are NaN", () => {
  expect(numbers(givenTo({ x: { ...point, optional: true } }, "x=0.5"), "x")).toEqual([0.5, NaN]);
});

test("a sequence has as many elements as are given", () => {
  const names = ["a", "b"];
  const fields = { x: { ...pixels, levels: 2, shape: [], names, sequence: true } } as const;
  const given = givenTo(fields, "x=b,a,b");
  expect(numbers(given, "x")).toEqual([1, 0, 1]);
  expect([...given.columns.x!.lengths!]).toEqual([3]);
  expect(() => givenTo(fields, "x=b,c")).toThrow('must be one of a, b, but is "c"');
  expect(numbers(givenTo({ x: { ...fields.x, optional: true } }, "x=b,c"), "x")).toEqual([1, -1]);
  const many = { ...fields.x, levels: 30, names: Array.from({ length: 30 }, (_, i) => `w${i}`) };
  expect(() => givenTo({ x: many }, "x=c")).toThrow("w18, w19, … (30 in all), but is");
  expect(() => givenTo({ x: { ...point, sequence: true } }, "x=1,2,3")).toThrow(
    "takes 2 values for each element",
  );
});

test("of many names some are told, and that commas stand between elements", () => {
  const names = Array.from({ length: 5000 }, (_, i) => `w${i}`);
  const fields = { x: { ...pixels, levels: 5000, shape: [], names, sequence: true } } as const;
  expect(() => givenTo(fields, "x=w1w2")).toThrow(
    /w18, w19 and 4980 others, but is "w1w2"; between elements stand commas\.$/,
  );
});

test.each([
  ["too few where there may be no gaps", { x: pixels }, "x=1,2", "takes 4 values with commas between them"],
  ["too many", { x: { ...pixels, optional: true } }, "x=1,2,3,0,1", "takes up to 4 values with commas"],
  ["no level", { x: { ...pixels, optional: true } }, "x=1,7", "must be a whole number from 0 to 3"],
  ["no class", { y: { ...pixels, shape: [], optional: true } }, "y=", "must be a whole number from 0 to 3"],
] as const)("refuses %s", (_, fields, given, says) => {
  expect(() => givenTo(fields, given)).toThrow(says);
});
