import {
  column,
  demand,
  has,
  InputError,
  key,
  MissingCapabilityError,
  rows,
  sample,
  slice,
  tensor,
  type DataSpec,
} from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { dispose, memory, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { denseGan } from "./dense.js";
import type { Gan } from "./model.js";
import { pointRows, pointSpec, unlabelled } from "./testing/data.js";

beforeAll(() => useBackend("cpu"));

const tiny = { latent: 2, hidden: 4, layers: 2, normalisation: "none" } as const;
const labelled = (): Gan => denseGan(pointSpec, tiny, key(1));
const plain = (): Gan => denseGan(unlabelled(pointSpec), tiny, key(1));
const numbers = (values: { dataSync(): ArrayLike<number> }): number[] => Array.from(values.dataSync());

describe("capabilities", () => {
  it("are samples, noise and features, and a class where there are labels", () => {
    expect([...plain().capabilities].sort()).toEqual(["features", "implicit", "sample"]);
    expect([...labelled().capabilities].sort()).toEqual(["conditional", "features", "implicit", "sample"]);
  });

  it("are no density and no bound, and a demand says so", () => {
    for (const capability of ["density", "bound"] as const) {
      expect(has(plain(), capability)).toBe(false);
      expect(() => demand(plain(), capability)).toThrow(MissingCapabilityError);
      expect(() => demand(plain(), capability)).toThrow(
        `has no "${capability}" (a generator gives samples, but no density of them); it has: features, implicit, sample.`,
      );
    }
    expect(() => demand(plain(), "conditional")).toThrow(/the data have no labels/);
    expect("logProb" in plain() || "elbo" in plain()).toBe(false);
  });
});

describe("the noise", () => {
  it("ends in the class, which is the sample's label", () => {
    const model = labelled();
    tidy(() => {
      const z = model.noise.sample(key(1), [50]);
      expect(z.shape).toEqual([50, 5]);
      const classes = (z.arraySync() as number[][]).map((row) => row.slice(2).indexOf(1));
      const made = model.generate(z);
      expect(numbers(tensor(made, "y"))).toEqual(classes);
      expect(tensor(made, "x").shape).toEqual([50, 2]);
    });
  });

  it("has the classes in the shares of the training data", () => {
    const model = labelled();
    model.shares!.assign(tidy(() => tensor({ data: Float32Array.of(0, 0.5, 0.5), shape: [] })));
    const drawn = tidy(() => numbers(tensor(model.generate(model.noise.sample(key(2), [300])), "y")));
    expect(drawn.includes(0)).toBe(false);
    const share = drawn.filter((y) => y === 1).length / 300;
    expect(Math.abs(share - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / 300));
  });
});

describe("given a class", () => {
  it("all samples are of it, by number or by name", async () => {
    for (const y of [Int32Array.of(2), ["c"]]) {
      const view = labelled().given(rows({ y }));
      const drawn = await sample(view, { key: key(1), count: 6 });
      expect(Array.from(column(drawn, "y").data as Int32Array)).toEqual([2, 2, 2, 2, 2, 2]);
      expect(has(view, "features") || has(view, "conditional")).toBe(false);
    }
  });

  it("or one for each sample", async () => {
    const view = labelled().given(rows({ y: Int32Array.of(2, 0, 1) }));
    const drawn = await sample(view, { key: key(1), count: 3 });
    expect(Array.from(column(drawn, "y").data as Int32Array)).toEqual([2, 0, 1]);
    await expect(sample(view, { key: key(1), count: 4 })).rejects.toThrow(
      "3 classes are given for 4 rows: give one, or one for each row.",
    );
  });

  it("the same noise gives another sample for another class", async () => {
    const [a, b] = await Promise.all(
      [0, 1].map((y) => sample(labelled().given(rows({ y: Int32Array.of(y) })), { key: key(1), count: 3 })),
    );
    expect(column(a!, "x").data).not.toEqual(column(b!, "x").data);
  });

  it("also where there is a single one", async () => {
    const y = { role: "y", type: "category", shape: [], levels: 1 } as const;
    const model = denseGan({ ...pointSpec, fields: { ...pointSpec.fields, y } }, tiny, key(1));
    const view = model.given(rows({ y: Int32Array.of(0) }));
    for (const each of [model, view]) {
      const drawn = await sample(each, { key: key(1), count: 2 });
      expect(Array.from(column(drawn, "y").data as Int32Array)).toEqual([0, 0]);
    }
  });

  it("refuses what is no class, and a model without labels", () => {
    expect(() => labelled().given(rows({ y: Int32Array.of(3) }))).toThrow(InputError);
    expect(() => plain().given(rows({ y: Int32Array.of(0) }))).toThrow(/trained without labels/);
  });
});

it("features are the critic's last layer, row by row, with or without labels", () => {
  const model = labelled();
  const x = pointRows(7);
  const whole = numbers(model.features(x));
  expect(whole).toHaveLength(7 * tiny.hidden);
  const parts = [slice(x, 0, 3), slice(x, 3, 7)].flatMap((part) => numbers(model.features(part)));
  parts.forEach((value, i) => expect(value).toBeCloseTo(whole[i]!, 5));
  expect(numbers(model.features({ ...x, columns: { x: x.columns["x"]! } }))).toEqual(whole);
});

it("exports its generator", () => {
  const model = labelled();
  const { generator } = model.functions;
  expect(generator!.inputs["z"]!.shape).toEqual([5]);
  tidy(() => {
    const z = model.noise.sample(key(1), [4]);
    const { x } = generator!.call({ z });
    expect(numbers(x!)).toEqual(numbers(tensor(model.generate(z), "x")));
  });
});

describe("refuses in one sentence", () => {
  it.each<[string, DataSpec["fields"][string], RegExp]>([
    ["text", { type: "text" }, /The column "c" is of text, and a generator makes numbers/],
    ["categories", { type: "category", shape: [], levels: 2 }, /is of categories/],
    ["sequences", { type: "real", shape: [], sequence: true }, /rows of unequal length/],
    ["gaps", { type: "real", shape: [], optional: true }, /"c" may have gaps/],
    ["rows too wide for memory", { type: "real", shape: [1e9] }, /more than 67108864/],
  ])("%s", (_, field, message) => {
    const before = memory().numTensors;
    const spec: DataSpec = { kind: "table", fields: { a: { type: "real", shape: [] }, c: field } };
    expect(() => denseGan(spec, tiny, key(1))).toThrow(InputError);
    expect(() => denseGan(spec, tiny, key(1))).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it("a configuration that is not its file's", () => {
    expect(() => denseGan(pointSpec, { ...tiny, hidden: 8000 }, key(1), 100)).toThrow(
      /but the file holds 100/,
    );
  });
});

it("leaks nothing, and frees everything when disposed", async () => {
  const start = memory().numTensors;
  const model = labelled();
  const x = pointRows(4);
  const owned = memory().numTensors;
  model.features(x).dispose();
  const z = model.noise.sample(key(1), [3]);
  const made = model.generate(z);
  dispose([z, ...Object.values(made.columns).map(({ data }) => data as never)]);
  const view = demand(model.given(rows({ y: Int32Array.of(1) })), "implicit");
  const noise = view.noise.sample(key(1), [3]);
  const given = view.generate(noise);
  dispose([noise, ...Object.values(given.columns).map(({ data }) => data as never)]);
  expect(memory().numTensors).toBe(owned);
  await sample(model, { key: key(1), count: 3 });
  await sample(model.given(rows({ y: Int32Array.of(1) })), { key: key(1), count: 3 });
  expect(() => model.features({ length: 1, columns: {} })).toThrow(InputError);
  expect(memory().numTensors).toBe(owned);
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});
