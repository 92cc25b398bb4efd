import { key } from "@gen/core";
import { points2d } from "@gen/datasets";
import { expect, test } from "vitest";
import { coverageOf } from "./gaussians.js";

test("finds all modes of the data, and 98.9 % within three deviations", () => {
  const data = points2d("twenty-five-gaussians", { count: 20_000, key: key(1) });
  const x = data.take(Int32Array.from({ length: 20_000 }, (_, i) => i)) as {
    readonly columns: Readonly<Record<string, { readonly data: unknown }>>;
  };
  const { modes, near } = coverageOf(x.columns["x"]!.data as Float64Array);
  expect(modes).toBe(25);
  expect(near).toBeCloseTo(1 - Math.exp(-4.5), 2);
});

test("counts a mode that has a sample, and no sample between modes", () => {
  expect(coverageOf([0, 0, 0.1, 0.1, 2, -2.1, 0.5, 0.5, 3, 0, 0, 0.16])).toEqual({ modes: 2, near: 3 / 6 });
});
