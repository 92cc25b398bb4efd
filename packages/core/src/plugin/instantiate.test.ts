import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, expectTypeOf, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { dataset, pca, rows, standardise, withoutLabels } from "../data/index.js";
import type { Dataset, DataSpec } from "../data/types.js";
import { InputError } from "../errors.js";
import { key } from "../random/index.js";
import { counting, type Mean } from "../training/testing/counting.js";
import { linear, Linear } from "../training/testing/linear.js";
import { points, pointSpec } from "../training/testing/points.js";
import { defineManifest } from "./define-manifest.js";
import { definePlugin } from "./define-plugin.js";
import { instantiate } from "./instantiate.js";
import { createRegistry } from "./registry.js";

beforeAll(async () => {
  await useBackend("cpu");
});

test("an instance knows its parts, speaks the data's units and disposes its model", async () => {
  const before = memory().numTensors;
  const data = points();
  const plugin = definePlugin({
    ...linear,
    encoding: (seen) => {
      expect(seen.spec).toEqual(pointSpec);
      return standardise(seen);
    },
    inspect: () => [{ view: "table", value: { columns: ["a"], rows: [[1]] } }],
  });
  const model = await instantiate(plugin, { data, key: key(1), config: { start: 3 } });
  expect(model.config).toEqual({ start: 3 });
  expect(model.spec).toEqual(data.spec);
  expect([...model.capabilities]).toEqual(["features"]);
  expect(model.encoding.id).toBe("standardise");
  expect(Math.max(...model.features(await data.take(Int32Array.of(0, 9))))).toBeGreaterThan(1);
  expect([...model.inspect()]).toHaveLength(1);
  const state = await model.state();
  expect(state.get("slope")!.data[0]).toBe(3);
  using trainer = model.trainer({ noise: 0 });
  expect(trainer.config).toEqual({ learningRate: 0.05, noise: 0, optimizer: "adam", decay: 0 });
  trainer[Symbol.dispose]();
  model[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});

test("what doesn't fit gets one clear sentence", async () => {
  const data = points();
  const common = { data, key: key(0) };
  const table: Dataset = { ...data, spec: { ...pointSpec, kind: "table" } };
  const cases: readonly (readonly [() => Promise<unknown>, RegExp])[] = [
    [
      () => instantiate(linear, { ...common, config: { start: 1e3 } }),
      /^linear: start must be a number from -100 to 100, but is 1000\.$/,
    ],
    // @ts-expect-error unknown setting
    [() => instantiate(linear, { ...common, config: { begin: 1 } }), /no setting "begin"/],
    [
      () => instantiate(linear, { ...common, data: table }),
      /^linear does not take data of the kind "table"; it takes: points\.$/,
    ],
    [() => instantiate(linear, { ...common, data: withoutLabels(data) }), /learns from labels/],
    [() => instantiate(linear, { ...common, data: { ...data, length: 0 } }), /no rows/],
    [
      async () => (await instantiate(linear, common)).trainer({ learningRate: -1 }),
      /linear training: learningRate/,
    ],
    // @ts-expect-error wrong choice
    [async () => (await instantiate(linear, common)).trainer({ optimizer: "lion" }), /one of adam, descent/],
  ];
  for (const [attempt, message] of cases) {
    await expect(attempt()).rejects.toThrow(InputError);
    await expect(attempt()).rejects.toThrow(message);
  }
});

test("labels that a plugin does not use are left out", async () => {
  using model = await instantiate(counting, { data: points(), key: key(0) });
  expect(Object.keys(model.spec.fields)).toEqual(["x"]);
  expectTypeOf(model.features).toEqualTypeOf<Mean["features"]>();
  // @ts-expect-error it has no density
  expect(model.logProb).toBeUndefined();
});

test("a plugin that declares what its model can't do is refused, and its model disposed", async () => {
  const before = memory().numTensors;
  const options = { data: points(), key: key(0) };
  const lacking = {
    ...linear,
    build: (o: Parameters<typeof linear.build>[0]) => {
      const model = new Linear(o.spec);
      return new Proxy(model, { has: (target, name) => name !== "features" && name in target });
    },
  };
  await expect(instantiate(lacking, options)).rejects.toThrow(
    'Plugin "linear" has the capability "features" but its model lacks: features.',
  );
  const undeclared = { ...linear, manifest: { ...linear.manifest, capabilities: [] as const } };
  await expect(instantiate(undeclared, options)).rejects.toThrow(
    /"features", which its manifest does not declare/,
  );
  const promising = {
    ...linear,
    manifest: { ...linear.manifest, capabilities: ["features", "density"] as const },
  };
  await expect(instantiate(promising, options)).rejects.toThrow(/"density", which its model does not name/);
  expect(memory().numTensors).toBe(before);
});

test("a model over a fitted encoding, and over a codec, with labels passed by", async () => {
  const spec: DataSpec = {
    kind: "points",
    fields: { x: { type: "real", shape: [2] }, y: { type: "real", shape: [], role: "y" } },
  };
  const data = dataset(
    spec,
    rows({
      x: [
        [1, 2],
        [3, 4],
        [5, 7],
      ],
      y: Float64Array.of(1, 2, 3),
    }),
  );
  const over = await pca(withoutLabels(data), { components: 1 });
  using model = await instantiate(counting, { data, key: key(0), over });
  expect(model.encoding.from).toEqual(withoutLabels(spec));
  expect(model.over).toBeUndefined();
  // @ts-expect-error no density is left over a lossy first stage
  expect(model.logProb).toBeUndefined();
  const labelled = await pca(data, { components: 1 });
  await expect(instantiate(counting, { data, key: key(0), over: labelled })).rejects.toThrow(
    /keeps labels, which counting does not use/,
  );
  const other = dataset(
    { kind: "points", fields: { z: { type: "real", shape: [] } } },
    rows({ z: Float64Array.of(1) }),
  );
  await expect(instantiate(counting, { data: other, key: key(0), over })).rejects.toThrow(
    /first stage was made for other data: it needs the field "x"/,
  );
});

test("a registry is a value that knows its ids", () => {
  const registry = createRegistry(linear, counting);
  expect(registry.get("linear")).toBe(linear);
  expectTypeOf(registry.get("counting")).toEqualTypeOf<typeof counting>();
  // @ts-expect-error unknown id
  expect(() => registry.get("countin")).toThrow(
    /no plugin "countin". Did you mean "counting"\?.*installed: linear, counting/,
  );
  expect(registry.with("features")).toEqual([linear, counting]);
  expect(registry.with("density")).toEqual([]);
  expect(() => createRegistry(linear, linear)).toThrow(/two plugins with the id "linear"/);
});

test("a manifest keeps its own names and choices in its type", () => {
  const manifest = defineManifest({ ...linear.manifest, id: "line" });
  expectTypeOf(manifest.id).toEqualTypeOf<"line">();
});
