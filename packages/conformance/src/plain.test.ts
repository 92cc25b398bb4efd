import { expect, it } from "vitest";
import { notPlain } from "./plain.js";

it("takes what JSON can say", () => {
  expect(notPlain({ a: [1, "x", null, true, { b: -0.5 }], c: Object.create(null) as object }, "it")).toEqual(
    [],
  );
});

it.each<[unknown, string]>([
  [{ a: () => 1 }, "it.a is a function"],
  [{ a: [1, undefined] }, "it.a[1] is undefined"],
  [{ a: { b: NaN } }, "it.a.b is NaN"],
  [new Map(), "it is of a class"],
  [{ a: new Float64Array(1) }, "it.a is of a class"],
  [{ a: new Date(0) }, "it.a is of a class"],
  [1n, "it is a bigint"],
])("names what is not: %s", (value, told) => {
  expect(notPlain(value, "it")).toEqual([told]);
});
