import { describe, expect, it } from "vitest";
import { InputError } from "../errors.js";
import { dataset } from "./dataset.js";
import { rows } from "./rows.js";
import type { Dataset, DataSpec, Rows } from "./types.js";
import { weighedRows, weightsOf } from "./weights.js";

const spec: DataSpec = {
  kind: "table",
  fields: { x: { type: "real", shape: [] }, times: { type: "real", shape: [], role: "weight" } },
};
const weighed = (times: readonly number[]): Rows => rows({ x: times.map(() => 1), times: [...times] });

describe("the weights of rows", () => {
  it("are the numbers of the field of role weight", () => {
    expect(weightsOf(spec, weighed([0, 2, 0.5]))).toEqual(Float64Array.of(0, 2, 0.5));
    expect(weightsOf(spec, rows({ x: [1] }))).toBeUndefined();
    expect(weightsOf({ kind: "table", fields: { x: spec.fields["x"]! } }, weighed([-1]))).toBeUndefined();
  });

  it.each([-1, NaN, Infinity])("are never %d", (wrong) => {
    const message = `Column "times" is ${wrong} in row 2 where a finite number of at least 0 is expected`;
    expect(() => weightsOf(spec, weighed([1, wrong]))).toThrow(message);
    expect(() => dataset(spec, weighed([1, wrong]))).toThrow(message);
    expect(() => dataset(spec, weighed([1, wrong]))).toThrow(InputError);
  });

  it("are one for each row, in an array of numbers", () => {
    const texts = { length: 1, columns: { times: { data: ["1"], shape: [] } } };
    expect(() => weightsOf(spec, texts)).toThrow(/"times" .* has to be an array of numbers/);
    const few = { length: 3, columns: { times: { data: Float64Array.of(1, 2), shape: [] } } };
    expect(() => weightsOf(spec, few)).toThrow(/"times" has 2 weights where there are 3 rows/);
  });

  it("are refused by their row in the data where these are read part by part", () => {
    const stream: Dataset = { spec, length: 100, isStreamed: true, take: () => weighed([1, -2]) };
    expect(() => weighedRows(stream).take(Int32Array.of(40, 41))).toThrow(/"times" is -2 in row 42 /);
    const plain = dataset({ kind: "table", fields: { x: spec.fields["x"]! } }, rows({ x: [1] }));
    expect(weighedRows(plain)).toBe(plain);
  });
});
