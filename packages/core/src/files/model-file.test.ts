import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../backend/index.js";
import { dataset, rows } from "../data/index.js";
import type { DataSpec, Rows } from "../data/types.js";
import { InputError } from "../errors.js";
import { definePlugin } from "../plugin/define-plugin.js";
import { instantiate } from "../plugin/instantiate.js";
import type { Model } from "../plugin/types.js";
import { key } from "../random/index.js";
import { fit } from "../training/fit.js";
import { counting } from "../training/testing/counting.js";
import { linear } from "../training/testing/linear.js";
import { points } from "../training/testing/points.js";
import { load } from "./load.js";
import { checksum } from "./layout.js";
import { readSafetensors } from "./read-safetensors.js";
import { resume } from "./resume.js";
import { save } from "./save.js";
import { writeSafetensors, type TensorFile } from "./write-safetensors.js";

beforeAll(async () => {
  await useBackend("cpu");
});

/** Halves x and forgets its sign: the smallest codec. */
class Halves implements Model<"codec"> {
  readonly capabilities = new Set(["codec"] as const);
  readonly codes: DataSpec = { kind: "codes", fields: { code: { type: "real", shape: [] } } };
  constructor(readonly spec: DataSpec) {}
  compress = (x: Rows): Rows =>
    rows({ code: Float64Array.from(x.columns["x"]!.data as Float64Array, (v) => v / 2) });
  reconstruct = (z: Rows): Rows =>
    rows({ x: Float64Array.from(z.columns["code"]!.data as Float64Array, (v) => v * 2) });
  state = () =>
    Promise.resolve(new Map([["half", { dtype: "F64", shape: [1], data: Float64Array.of(0.5) }]] as const));
  restore(state: Parameters<Model["restore"]>[0]) {
    if (!state.has("half")) throw new Error("no half");
  }
  disposed = 0;
  [Symbol.dispose]() {
    this.disposed++;
  }
}
const built: Halves[] = [];
const halves = definePlugin({
  manifest: {
    ...counting.manifest,
    id: "halves",
    capabilities: ["codec"],
    data: [{ kind: "points", y: "none" }],
  },
  build({ spec }) {
    const model = new Halves(spec);
    built.push(model);
    return model;
  },
  trainer: () => {
    throw new Error("it learns nothing");
  },
});
const overCodes = {
  ...linear,
  manifest: { ...linear.manifest, id: "line-on-codes", data: [{ kind: "codes", y: "required" }] as const },
};

/** A file with some metadata items replaced or, given undefined, left out, and a checksum that agrees. */
function changed(
  bytes: Uint8Array,
  items: Readonly<Record<string, string | undefined>>,
  tensors?: TensorFile["tensors"],
): Uint8Array {
  const file = readSafetensors(bytes);
  const metadata = new Map(file.metadata);
  for (const [name, text] of Object.entries(items)) {
    if (text === undefined) metadata.delete(name);
    else metadata.set(name, text);
  }
  const next = { metadata, tensors: tensors ?? file.tensors };
  metadata.set("checksum", checksum(next));
  return writeSafetensors(next);
}

async function drain(events: AsyncIterator<unknown>): Promise<void> {
  while ((await events.next()).done !== true);
}

async function checkpoint(): Promise<Uint8Array> {
  const data = points();
  using model = await instantiate(linear, { data, key: key(0), config: { start: 1 } });
  using trainer = model.trainer({ learningRate: 0.01 });
  for await (const event of fit(model, trainer, data, { key: key(7), steps: 3, every: { checkpoint: 3 } })) {
    if (event.type === "checkpoint") return event.file;
  }
  throw new Error("no checkpoint");
}

test("a file says what it holds and nothing of time or host, and loads to the same file", async () => {
  const file = await checkpoint();
  const { metadata, tensors } = readSafetensors(file);
  expect(Object.fromEntries(metadata)).toEqual({
    format: "gen/1",
    plugin: "linear",
    version: "1.2.3",
    config: '{"start":1}',
    spec: expect.stringContaining('"kind":"points"') as string,
    encoding: expect.stringContaining('"id":"identity"') as string,
    training: '{"learningRate":0.01,"noise":0.1,"optimizer":"adam","decay":0}',
    key: "[0,7]",
    step: "3",
    checksum: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
  });
  expect([...tensors.keys()]).toEqual([
    "model/offset",
    "model/slope",
    "slots/mean/0",
    "slots/mean/1",
    "slots/square/0",
    "slots/square/1",
  ]);
  expect(await checkpoint()).toEqual(file);

  const before = memory().numTensors;
  const { model, trainer, step, key: again } = await resume(file, [counting, linear]);
  expect(await save(model, { trainer, step, key: again })).toEqual(file);
  using loaded = await load(file, [linear]);
  const plain = await save(loaded);
  using reloaded = await load(plain, [linear]);
  expect(await save(reloaded)).toEqual(plain);
  for (const owner of [trainer, model, loaded, reloaded]) owner[Symbol.dispose]();
  expect(memory().numTensors).toBe(before);
});

test("a first stage is embedded, owned when loaded, and passes labels by", async () => {
  const data = points();
  const over = await instantiate(halves, { data, key: key(0) });
  const model = await instantiate(overCodes, { data, key: key(0), over });
  expect(model.spec).toEqual(data.spec);
  expect(Object.keys(model.encoding.to.fields)).toEqual(["code", "y"]);
  const unlabelled = await instantiate(counting, { data, key: key(0), over });
  expect(Object.keys(unlabelled.spec.fields)).toEqual(["x"]);
  await drain(fit(unlabelled, unlabelled.trainer(), data, { key: key(0), steps: 1 }));
  expect((await unlabelled.state()).get("moments")!.data[0]).toBeCloseTo(0.225, 12);

  for (const each of [model, unlabelled]) {
    const file = await save(each);
    const { metadata, tensors } = readSafetensors(file);
    expect(metadata.get("over")).toContain('"plugin":"halves"');
    expect([...tensors.keys()]).toContain("over/model/half");
    const loaded = await load(file, [linear, overCodes, counting, halves]);
    expect(await save(loaded)).toEqual(file);
    const stage = built.at(-1)!;
    loaded[Symbol.dispose]();
    expect(stage.disposed).toBe(1);
    expect(() => readSafetensors(file)).not.toThrow();
    await expect(load(file, [linear, overCodes, counting])).rejects.toThrow(/no plugin "halves"/);
    await expect(load(changed(file, { over: undefined }), [overCodes, counting, halves])).rejects.toThrow(
      InputError,
    );
  }
  for (const each of [model, unlabelled]) each[Symbol.dispose]();
  expect(built[0]!.disposed).toBe(0);
  over[Symbol.dispose]();
});

test("every item is checked, and a file that can't be used leaves nothing behind", async () => {
  const file = await checkpoint();
  const { tensors } = readSafetensors(file);
  const before = memory().numTensors;
  const cases: readonly (readonly [Uint8Array, RegExp])[] = [
    [changed(file, { format: "gen/2" }), /"format": "gen\/1"/],
    [changed(file, { format: undefined }), /format/],
    [changed(file, { note: "x" }), /unknown item "note"/],
    [changed(file, { plugin: "linea" }), /no plugin "linea". Did you mean "linear"\?/],
    [changed(file, { plugin: undefined }), /does not name a plugin/],
    [changed(file, { version: undefined }), /version/],
    [changed(file, { config: "{" }), /item config is not JSON/],
    [changed(file, { config: "[]" }), /config is not a JSON object/],
    [changed(file, { config: '{"start":1e9}' }), /start must be a number from -100 to 100/],
    [changed(file, { config: '{"begin":1}' }), /no setting "begin"/],
    [changed(file, { spec: undefined }), /specification/],
    [
      changed(file, { spec: '{"kind":"points","fields":{"x":{"type":"real","shape":[100000,100000]}}}' }),
      /"x" has the shape \[100000, 100000\]/,
    ],
    [
      changed(file, { spec: '{"kind":"points","fields":{"x":{"type":"real","shape":[2]}}}' }),
      /different data/,
    ],
    [changed(file, { encoding: undefined }), /no encoding/],
    [changed(file, { encoding: '{"id":"unheard-of"}' }), /"unheard-of" is not known/],
    [changed(file, { encoding: "7" }), /encoding/],
    [changed(file, { over: "[".repeat(50_000) + "]".repeat(50_000) }), /over/],
    [changed(file, { key: "[1]" }), /key/i],
    [changed(file, { key: '"x"' }), /key is not two integers/],
    [changed(file, { step: "-1" }), /step is not a count/],
    [changed(file, { training: '{"noise":"loud"}' }), /noise must be a number/],
    [changed(file, { training: undefined }), /no training to go on with/],
    [changed(file, {}, new Map([...tensors].slice(1))), /lacks the array "offset"/],
    [
      changed(file, {}, new Map([...tensors].filter(([name]) => name !== "slots/mean/0"))),
      /lacks the array "mean\/0"/,
    ],
    [
      changed(file, {}, new Map([...tensors, ["other/x", tensors.get("model/slope")!]])),
      /"other\/x" is of no known section/,
    ],
    [
      changed(file, {}, new Map([...tensors, ["model/x", tensors.get("model/slope")!]])),
      /"x" that the model has not/,
    ],
  ];
  for (const [bad, message] of cases) {
    await expect(resume(bad, [linear]), String(message)).rejects.toThrow(InputError);
    await expect(resume(bad, [linear])).rejects.toThrow(message);
  }
  const flipped = file.slice();
  flipped[flipped.length - 1]! ^= 1;
  await expect(load(flipped, [linear])).rejects.toThrow(/damaged/);
  const broken = {
    ...linear,
    build: () => {
      throw new Error("out of luck");
    },
  };
  await expect(load(file, [broken])).rejects.toThrow(
    "Not a usable model file: its configuration can't be used (out of luck).",
  );
  expect(memory().numTensors).toBe(before);
});

test("a seeded sample of corruptions gives an error of the input or the same model", async () => {
  const file = await checkpoint();
  const before = memory().numTensors;
  let state = 12345;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % limit;
  };
  for (let i = 0; i < 300; i++) {
    const bad = file.slice(0, i % 3 === 0 ? below(file.length) : file.length);
    for (let n = below(3) + 1; n > 0 && bad.length > 0; n--) bad[below(bad.length)] = below(256);
    try {
      using model = await load(bad, [linear]);
      expect((await model.state()).size).toBe(2);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
    }
  }
  expect(memory().numTensors).toBe(before);
});

test("labels of a data set that a model never saw are refused when it needs them", async () => {
  const data = points();
  using model = await instantiate(linear, { data, key: key(0) });
  const other = dataset(
    { kind: "points", fields: { x: { type: "real", shape: [] } } },
    rows({ x: Float64Array.of(1) }),
  );
  const training = fit(model, model.trainer(), other, { key: key(0), steps: 1 });
  await expect(training.next()).rejects.toThrow(/needs the field "y"/);
});
