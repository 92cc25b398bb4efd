import { dataset, rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { near } from "../testing/near.js";
import { train } from "../testing/train.js";
import { logisticRegression } from "./index.js";

interface Oracle {
  readonly X: number[][];
  readonly y: number[];
  readonly C: number;
  readonly coef: number[][];
  readonly intercept: number[];
  readonly logProba: number[][];
  readonly objective: number;
}

const folder = process.env.GEN_ORACLES ?? join(import.meta.dirname, "../../../../test/oracles");
const oracle = JSON.parse(readFileSync(join(folder, "logistic-regression.json"), "utf8")) as Oracle;
const classes = oracle.coef.length;

beforeAll(() => useBackend("cpu"));

describe("scikit-learn's softmax regression at its optimum", () => {
  it.each([1, 7, 1024])("is found, with %d rows in a chunk", async (batch) => {
    const data = dataset(
      {
        kind: "points",
        fields: {
          x: { type: "real", shape: [oracle.X[0]!.length] },
          y: { type: "category", shape: [], levels: classes, role: "y" },
        },
      },
      rows({ x: oracle.X, y: Int32Array.from(oracle.y) }),
    );
    const training = { C: oracle.C, tolerance: 0 };
    const { model, inner, metrics, end } = await train(logisticRegression, data, { training, batch });
    expect(end).toMatchObject({ reason: "converged" });
    near([metrics.at(-1)!["objective"]! * oracle.C], [oracle.objective], { relative: 1e-12 });
    const coef = oracle.coef[0]!.flatMap((_, j) => oracle.coef.map((row) => row[j]!));
    near(inner.weights, coef, { relative: 1e-8 });
    near(inner.intercepts, oracle.intercept, { relative: 1e-8 });
    const first = rows({ x: oracle.X.slice(0, oracle.logProba.length) });
    near(model.logPosterior(first), oracle.logProba.flat(), { relative: 1e-8 });
  });
});
