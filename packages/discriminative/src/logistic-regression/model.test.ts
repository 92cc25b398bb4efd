import { InputError, key, rows, type DataSpec } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it } from "vitest";
import { table } from "../testing/tables.js";
import { train } from "../testing/train.js";
import { logisticRegression } from "./index.js";
import { LogisticRegression } from "./model.js";

beforeAll(() => useBackend("cpu"));

const config = { standardise: false, intercept: true };

it("knows no class from another before training", () => {
  const model = new LogisticRegression(table(key(1), 3).spec, config);
  const posterior = model.logPosterior(rows({ height: [170], income: [3e4], colour: Int32Array.of(1) }));
  expect(posterior).toEqual(new Float64Array(3).fill(-Math.log(3)));
});

it("gives probabilities that sum to 1, the same for rows alone and together", async () => {
  const data = table(key(2), 60);
  const { model } = await train(logisticRegression, data);
  const x = await data.take(Int32Array.of(0, 1, 2));
  const all = model.logPosterior(x);
  for (let row = 0; row < 3; row++) {
    const own = all.subarray(3 * row, 3 * row + 3);
    expect(own.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 12);
    expect(model.logPosterior(await data.take(Int32Array.of(row)))).toEqual(own);
  }
});

describe("refuses in one sentence", () => {
  const label = { type: "category", shape: [], levels: 2, role: "y" } as const;
  it.each<[string, DataSpec["fields"], RegExp]>([
    ["text", { t: { type: "text" }, y: label }, /the column "t" holds text/],
    ["sequences", { s: { type: "real", shape: [], sequence: true }, y: label }, /"s" holds sequences/],
    [
      "real labels",
      { x: { type: "real", shape: [] }, y: { type: "real", shape: [], role: "y" } },
      /The label "y"/,
    ],
    [
      "more parameters than fit into memory",
      { x: { type: "real", shape: [2 ** 26] }, y: label },
      /more than 67108864/,
    ],
  ])("%s", (_, fields, message) => {
    const made = () => new LogisticRegression({ kind: "table", fields }, config);
    expect(made).toThrow(InputError);
    expect(made).toThrow(message);
  });

  it("missing numbers and levels, naming column and row", () => {
    const spec: DataSpec = {
      kind: "table",
      fields: {
        x: { type: "real", shape: [], optional: true },
        c: { type: "category", shape: [], levels: 2, optional: true },
        y: label,
      },
    };
    const model = new LogisticRegression(spec, config);
    const numbers = rows({ x: [1, NaN], c: Int32Array.of(0, 1) });
    expect(() => model.logPosterior(numbers)).toThrow(/^Column "x" is missing in row 2; fill it in/);
    const levels = rows({ x: [1, 2], c: Int32Array.of(-1, 1) });
    expect(() => model.logPosterior(levels)).toThrow(/^Column "c" is missing in row 1; fill it in/);
  });

  it("a state that lacks an array, has another size or no numbers", async () => {
    const model = new LogisticRegression(table(key(1), 3).spec, config);
    const state = new Map(await model.state());
    expect(() => model.restore(new Map())).toThrow(/"weights"/);
    const intercepts = { dtype: "F64", shape: [2], data: Float64Array.of(1, 2) } as const;
    expect(() => model.restore(new Map(state).set("intercepts", intercepts))).toThrow(/"intercepts"/);
    const infinite = { dtype: "F64", shape: [3], data: new Float64Array(3).fill(NaN) } as const;
    expect(() => model.restore(new Map(state).set("intercepts", infinite))).toThrow(/not all finite/);
  });
});
