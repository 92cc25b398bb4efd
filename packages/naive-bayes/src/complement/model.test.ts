import { has, key, MissingCapabilityError, rows, sample, slice, type Capable, type Rows } from "@gen/core";
import { poissons } from "@gen/core/random";
import { expect, it } from "vitest";
import { label, table } from "../testing/data.js";
import { near } from "../testing/near.js";
import { ComplementNaiveBayes } from "./model.js";

const spec = table({ x: { type: "real", shape: [5] }, z: { type: "real", shape: [] }, y: label(3) });
const counts = poissons(key(1), 2, 40 * 6);
const y = Int32Array.from({ length: 40 }, (_, row) => row % 3);
const x: Rows = rows({
  x: { data: counts.slice(0, 200), shape: [5] },
  z: counts.slice(200),
  y,
});
const fresh = (): ComplementNaiveBayes => new ComplementNaiveBayes(spec, { alpha: 1, normalised: false });

it("has scores that are the events' weights added", () => {
  const model = fresh();
  model.partialFit(x);
  const scores = model.scores(x);
  const { weights } = model;
  for (let row = 0; row < 40; row++)
    for (let c = 0; c < 3; c++) {
      let sum = counts[200 + row]! * weights[c * 6 + 5]!;
      for (let j = 0; j < 5; j++) sum += counts[5 * row + j]! * weights[c * 6 + j]!;
      expect(scores[3 * row + c]).toBeCloseTo(sum, 11);
    }
});

it("learns part by part and forgets exactly", () => {
  const [whole, parts] = [fresh(), fresh()];
  whole.partialFit(x);
  parts.partialFit(slice(x, 20, 40));
  parts.partialFit(slice(x, 0, 20));
  expect(parts.statistics).toEqual(whole.statistics);
  parts.forget(slice(x, 20, 40));
  const first = fresh();
  first.partialFit(slice(x, 0, 20));
  near(parts.weights, first.weights, 0);
});

it("takes fractions, and nothing below 0", () => {
  const model = fresh();
  const of = (value: number): Rows =>
    rows({
      x: { data: new Float64Array(5).fill(value), shape: [5] },
      z: Float64Array.of(1),
      y: Int32Array.of(0),
    });
  expect(() => model.partialFit(of(0.25))).not.toThrow();
  expect(() => model.partialFit(of(-1))).toThrow(
    /^Column "x\[0\]" in row 1 is -1 where a number of at least 0/,
  );
});

it("tells what to do with categories that are no counts", () => {
  const colours = table({ colour: { type: "category", shape: [], levels: 3 }, y: label(2) });
  expect(() => new ComplementNaiveBayes(colours, { alpha: 1, normalised: false })).toThrow(
    /^Column "colour" holds categories .* takes counts: leave it out, or encode it as numbers\.$/,
  );
});

it("knows one class only: its posterior is 1", () => {
  const model = new ComplementNaiveBayes(table({ z: { type: "real", shape: [] }, y: label(1) }), {
    alpha: 1,
    normalised: true,
  });
  model.partialFit(rows({ z: Float64Array.of(1, 2), y: Int32Array.of(0, 0) }));
  expect(Array.from(model.logPosterior(rows({ z: Float64Array.of(3) })))).toEqual([0]);
});

it("has no density and draws nothing", async () => {
  const model: Capable = fresh();
  expect(has(model, "classifier")).toBe(true);
  for (const capability of ["density", "joint", "sample"] as const)
    expect(has(model, capability)).toBe(false);
  await expect(sample(model as never, { key: key(1), count: 1 })).rejects.toThrow(MissingCapabilityError);
});
