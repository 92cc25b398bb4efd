import { key } from "@gen/core";
import { expect, it } from "vitest";
import { startFromRows, type StartKind } from "./start.js";
import { blobs } from "../testing/data.js";
import { near } from "../testing/near.js";

const [columns, components] = [2, 4];
const x = blobs(key(1), 300, columns, components);
const options = () =>
  ({ type: "full", components, columns, scale: new Float64Array(columns).fill(1), key: key(2) }) as const;

it.each(["k-means", "k-means++", "rows", "responsibilities"] satisfies StartKind[])(
  "%s shares every row among components, by its weight",
  (kind) => {
    const plain = startFromRows(x, { ...options(), kind }).moments;
    expect(plain.rows).toBeCloseTo(300, 9);
    for (const count of plain.counts) expect(count).toBeGreaterThan(0);
    const twice = new Float64Array(300).fill(2);
    const weighted = startFromRows(x, { ...options(), kind, weights: twice }).moments;
    for (const part of ["counts", "first", "second"] as const)
      near(
        weighted[part],
        plain[part].map((value) => 2 * value),
        1e-12,
      );
  },
);

it("leaves out rows of no weight", () => {
  const weights = Float64Array.from({ length: 300 }, (_, row) => Number(row < 100));
  const { moments } = startFromRows(x, { ...options(), kind: "k-means", weights });
  expect(moments.rows).toBeCloseTo(100, 12);
});
