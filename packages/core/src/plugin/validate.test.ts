import { expect, test } from "vitest";
import { InputError } from "../errors.js";
import type { Schema } from "./schema.js";
import { parseSetting, validate } from "./validate.js";

const schema = {
  components: { type: "integer", default: 3, minimum: 1, maximum: 100 },
  rate: { type: "number", default: 0.1, minimum: 0 },
  shared: { type: "boolean", default: false },
  covariance: { type: "string", default: "full", enum: ["full", "diagonal"] },
  note: { type: "string", default: "" },
} as const satisfies Schema;

test("defaults are filled in, in the schema's order", () => {
  const values = validate(schema, { rate: 1, components: undefined }, "gmm");
  expect(Object.entries(values)).toEqual([
    ["components", 3],
    ["rate", 1],
    ["shared", false],
    ["covariance", "full"],
    ["note", ""],
  ]);
  const covariance: "full" | "diagonal" = values.covariance;
  expect(covariance).toBe("full");
});

test.each([
  [
    { componentz: 3 },
    'gmm: there is no setting "componentz". Did you mean "components"? Known settings: components, rate, shared, covariance, note.',
  ],
  [{ xyz: 3 }, 'gmm: there is no setting "xyz". Known settings: components, rate, shared, covariance, note.'],
  [{ toString: 3 }, /no setting "toString"/],
  [JSON.parse('{"__proto__": 1}') as Record<string, unknown>, /no setting "__proto__"/],
  [{ components: 0 }, "gmm: components must be an integer from 1 to 100, but is 0."],
  [{ components: 1.5 }, /must be an integer from 1 to 100, but is 1.5/],
  [{ components: "3" }, /must be an integer from 1 to 100, but is "3"/],
  [{ components: null }, /but is null/],
  [{ rate: -1 }, "gmm: rate must be a number of at least 0, but is -1."],
  [{ rate: NaN }, /but is NaN/],
  [{ rate: Infinity }, /but is Infinity/],
  [{ shared: 1 }, "gmm: shared must be true or false, but is 1."],
  [{ covariance: "round" }, 'gmm: covariance must be one of full, diagonal, but is "round".'],
  [{ note: {} }, "gmm: note must be a text, but is of type object."],
])("refuses %o", (values, message) => {
  expect(() => validate(schema, values, "gmm")).toThrow(InputError);
  expect(() => validate(schema, values, "gmm")).toThrow(message);
});

test("settings parse from text", () => {
  expect(parseSetting(schema.components, "3")).toBe(3);
  expect(parseSetting(schema.rate, "1e-3")).toBe(1e-3);
  expect(parseSetting(schema.rate, ".5")).toBe(0.5);
  expect(parseSetting(schema.shared, "true")).toBe(true);
  expect(parseSetting(schema.shared, "false")).toBe(false);
  expect(parseSetting(schema.covariance, "diagonal")).toBe("diagonal");
  expect(parseSetting(schema.note, " 3 ")).toBe(" 3 ");
  expect(() => parseSetting(schema.rate, "", "--rate")).toThrow(
    '--rate must be a number of at least 0, but is "".',
  );
  expect(() => parseSetting(schema.components, "0x10")).toThrow(/but is "0x10"/);
  expect(() => parseSetting(schema.components, "1e9")).toThrow(/from 1 to 100, but is 1000000000/);
  expect(() => parseSetting(schema.shared, "yes")).toThrow(/true or false, but is "yes"/);
});
