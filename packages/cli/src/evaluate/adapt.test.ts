import { dataset, rows, type DataSpec, type Field } from "@gen/core";
import { expect, test } from "vitest";
import { adapt } from "./adapt.js";

const city = (names: readonly string[], optional: boolean): DataSpec => {
  const field: Field = { type: "category", shape: [], levels: names.length, names, optional };
  return { kind: "table", fields: { city: field } };
};
const data = dataset(city(["Bern", "Rome"], false), rows({ city: ["Rome", "Bern"] }));

test("names of levels have the model's numbers", async () => {
  const { columns } = await (
    await adapt(data, city(["Bern", "Oslo", "Rome"], false))
  ).take(Int32Array.of(0, 1));
  expect(columns["city"]!.data).toEqual(Int32Array.of(2, 0));
});

test("an unknown level is refused; where the model takes gaps, its cell may be empty", async () => {
  const known = ["Bern", "Oslo"];
  await expect(adapt(data, city(known, false))).rejects.toThrow(
    /^Column "city" is "Rome" in row 1, which is none of its 2 levels \("Bern", "Oslo"\)\.$/,
  );
  await expect(adapt(data, city(known, true))).rejects.toThrow(
    /none of its 2 levels .*; leave it empty, .*, or give data like/,
  );
});
