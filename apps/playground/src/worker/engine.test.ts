import { dataset, definePlugin, instantiate, key, rows, save, type DataSpec, type Plugin } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { expect, test } from "vitest";
import type { CallName, Calls, Picture, TrainArgument } from "../engine/protocol.js";
import type { CallContext } from "../engine/server.js";
import { flat, halving, rounding, stepping } from "../testing/made-up.js";
import { engineHandlers } from "./engine.js";

const startBackend = (): Promise<string> =>
  useBackend("cpu", { load: () => import("@tensorflow/tfjs-backend-cpu") });
const engineOf = (...plugins: readonly Plugin[]) =>
  engineHandlers({ startBackend, plugins: () => Promise.resolve(plugins) });

/** A call's surroundings, and what was sent. */
function calling<K extends CallName>(): { context: CallContext<K>; sent: Calls[K]["event"][] } {
  const sent: Calls[K]["event"][] = [];
  const context: CallContext<K> = {
    signal: new AbortController().signal,
    ready: () => true,
    send: (event) => void sent.push(event),
    taken: () => Promise.resolve(),
  };
  return { context, sent };
}

const points = { type: "source", address: "moons" } as const;
const images = { type: "source", address: "mnist-small" } as const;
const drawing = { count: 5, seed: 1, options: {} };
const training = (plugin: string, data: TrainArgument["data"]): TrainArgument => ({
  plugin,
  data,
  model: {},
  training: {},
  steps: 3,
  seed: 1,
  drawing,
});

/** The pictures of a training, first to last. */
async function pictures(handlers: ReturnType<typeof engineOf>, argument: TrainArgument): Promise<Picture[]> {
  const { context, sent } = calling<"train">();
  await handlers.train(argument, context);
  return sent.flatMap((event) =>
    event.type === "report" && event.report.picture ? [event.report.picture] : [],
  );
}

test("a folder of the user's is images with labels, and its faults are told", async () => {
  const preview = (files: readonly (readonly [string, Uint8Array])[]) =>
    engineOf().preview(
      { data: { type: "folder", name: "my: photos", files: new Map(files) }, count: 4 },
      calling<"preview">().context,
    );
  // Grey, one pixel wide and high.
  const pixel = Uint8Array.from(
    atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="),
    (letter) => letter.charCodeAt(0),
  );
  const { spec, length, rows } = await preview([
    ["a/1.png", pixel],
    ["b/2.png", pixel],
  ]);
  expect(spec).toMatchObject({
    kind: "images",
    fields: { image: { shape: [1, 1, 1] }, label: { names: ["a", "b"] } },
  });
  expect([length, rows.length]).toEqual([2, 2]);
  await expect(preview([["a.png", pixel.subarray(0, 20)]])).rejects.toThrow(
    /photos\/a\.png ends after 20 bytes/,
  );
  await expect(preview([["a.jpg", pixel]])).rejects.toThrow(/a\.jpg is no PNG file/);
});

test.each([points, images])("a model that draws nothing shows what its codes keep (%o)", async (data) => {
  const handlers = engineOf(rounding);
  const last = (await pictures(handlers, training("rounding", data))).at(-1)!;
  expect(last.samples).toBeUndefined();
  const { of, rows } = last.reconstructions!;
  const [name = ""] = Object.keys(of.columns);
  expect(Object.keys(rows.columns)).toEqual([name]);
  expect(rows.length).toBe(5);
  const [shown, kept] = [of, rows].map((each) => [...(each.columns[name]!.data as Float64Array)]);
  expect(kept).toEqual(shown!.map((value) => 10 * Math.round(value / 10)));
});

test("such a model from a file shows reconstructions of the page's data, when it knows such data", async () => {
  const trained = engineOf(rounding);
  await pictures(trained, training("rounding", points));
  const file = await trained.save(null, calling<"save">().context);
  const handlers = engineOf(rounding);
  await handlers.load(file, calling<"load">().context);
  const draw = (argument: Calls["draw"]["argument"]) => handlers.draw(argument, calling<"draw">().context);
  expect((await draw({ ...drawing, data: points })).reconstructions?.rows.length).toBe(5);
  expect(await draw({ ...drawing, data: images })).toEqual({
    inspections: [],
    misfit: { data: 'The model needs the field "x", and these data have: image, label.' },
  });
  expect(await draw(drawing)).toEqual({ inspections: [] });
});

test("a model that tells labels shows them for rows that training does not see, and over the plane", async () => {
  const last = (await pictures(engineOf(halving), training("halving", points))).at(-1)!;
  expect(last).not.toHaveProperty("samples");
  const { of, names, best, given, probabilities, judged, heldOut } = last.predictions!;
  expect(names).toEqual(["upper", "lower"]);
  expect(Object.keys(of.columns)).toEqual(["x"]);
  const x = of.columns.x!.data as Float64Array;
  expect([...best]).toEqual(Array.from(best, (_, row) => (x[2 * row]! > 0.5 ? 1 : 0)));
  expect(given).toHaveLength(best.length);
  expect(probabilities[best[0]!]).toBeCloseTo(0.75);
  expect(judged!.of).toBe(500);
  // The moons lie beside one another.
  expect(judged!.right / judged!.of).toBeGreaterThan(0.6);
  expect(heldOut).toBe(true);
  const { columns, rows, best: regions, certainty } = last.regions!;
  expect([regions[0], regions[columns - 1], certainty[0]]).toEqual([0, 1, 0.75]);
  expect(regions).toHaveLength(columns * rows);
});

test("a model that tells tags shows them element by element", async () => {
  const data = { type: "source", address: "tang-poems-tagged" } as const;
  const last = (await pictures(engineOf(flat), training("flat", data))).at(-1)!;
  const { of, names, best, given, lengths, probabilities, judged } = last.predictions!;
  expect(names).toContain("。");
  const elements = lengths!.reduce((a, b) => a + b, 0);
  expect(of.length).toBe(lengths!.length);
  expect([best.length, given!.length, probabilities.length / names.length]).toEqual([
    elements,
    elements,
    elements,
  ]);
  expect(judged!.of).toBeGreaterThan(elements);
  expect(judged!.right).toBeLessThan(judged!.of);
});

const file = (text: string) =>
  ({ type: "file", name: "mine.csv", bytes: new TextEncoder().encode(text) }) as const;
const table = definePlugin({
  ...halving,
  manifest: { ...halving.manifest, data: [{ kind: "table", y: "required", weights: true }] },
});

test("a file of the user's is judged by its own rows; one without labels can be told all the same", async () => {
  const trained = engineOf(table);
  const csv = "x,label\n0,no\n1,yes\n2,no\n";
  const last = (await pictures(trained, training("halving", file(csv)))).at(-1)!;
  expect(last.predictions).toMatchObject({ judged: { right: 2, of: 3 }, heldOut: false });
  const handlers = engineOf(table);
  await handlers.load(await trained.save(null, calling<"save">().context), calling<"load">().context);
  const drawn = await handlers.draw({ ...drawing, data: file("x\n0\n3\n") }, calling<"draw">().context);
  expect([...drawn.predictions!.best]).toEqual([0, 1]);
  expect(drawn.predictions).not.toHaveProperty("given");
});

test("a model from a file is judged by data without its weights, and nothing is said of what it has seen", async () => {
  const label = { role: "y", type: "category", shape: [], levels: 2, names: ["no", "yes"] } as const;
  const spec: DataSpec = {
    kind: "table",
    fields: { x: { type: "real", shape: [] }, label, w: { role: "weight", type: "real", shape: [] } },
  };
  const data = dataset(spec, rows({ x: [0, 1], label: [0, 1], w: [1, 2] }));
  const model = await instantiate(table, { data, config: {}, key: key(1) });
  const handlers = engineOf(table);
  const held = await handlers.load(await save(model), calling<"load">().context);
  expect(held.needsData).toBe(true);
  const draw = (text: string) => handlers.draw({ ...drawing, data: file(text) }, calling<"draw">().context);
  // The same data again, then others of the same name.
  for (const [text, right, of] of [
    ["x,label\n0,no\n1,yes\n2,no\n", 2, 3],
    ["x,label\n0,no\n1,yes\n2,no\n", 2, 3],
    ["x,label\n0,no\n1,yes\n2,yes\n", 3, 3],
  ] as const) {
    const { predictions } = await draw(text);
    expect(predictions).toMatchObject({ judged: { right, of } });
    expect(predictions).not.toHaveProperty("heldOut");
  }
});

/** A handler over a model that was trained on one file, asked about others. */
async function asking(
  plugin: Plugin,
  { id, name, learnt }: Readonly<Record<"id" | "name" | "learnt", string>>,
) {
  const mine = (text: string) => ({ ...file(text), name });
  const trained = engineOf(plugin);
  await pictures(trained, training(id, mine(learnt)));
  const handlers = engineOf(plugin);
  await handlers.load(await trained.save(null, calling<"save">().context), calling<"load">().context);
  return (text: string) => handlers.draw({ ...drawing, data: mine(text) }, calling<"draw">().context);
}

test("tagged text with other tokens and fewer tags is told by a model from a file as it numbers them", async () => {
  const gaps = definePlugin({
    ...flat,
    manifest: { ...flat.manifest, data: [{ kind: "sequences", y: "optional", gaps: true }] },
  });
  const ask = await asking(gaps, { id: "flat", name: "mine.conll", learnt: "a\tN\nb\tV\nc\tP\n" });
  const known = await ask("c\tV\nb\tN\n");
  expect(known).not.toHaveProperty("misfit");
  expect(known.predictions).toMatchObject({
    of: { columns: { tokens: { data: Int32Array.of(2, 1) } } },
    names: ["N", "P", "V"],
    given: Int32Array.of(2, 0),
    judged: { right: 1, of: 2 },
  });
  // A new token is shown as it is given, and counts as missing.
  const { misfit, predictions } = await ask("b\tV\nz\tN\n");
  expect(misfit).toEqual({ unknown: { tokens: 1 } });
  expect(predictions).toMatchObject({
    of: { columns: { tokens: { data: Int32Array.of(0, 1) } } },
    ofSpec: { fields: { tokens: { names: ["b", "z"] } } },
    judged: { of: 2 },
  });
});

test("data without labels that a model knows are told all the same, and it is said why nothing is compared", async () => {
  const ask = await asking(table, { id: "halving", name: "mine.csv", learnt: "x,label\n0,no\n1,yes\n" });
  const { misfit, predictions } = await ask("x,label\n0,no\n3,maybe\n");
  expect(misfit).toEqual({
    labels: 'Column "label" is "maybe" in row 2, which is none of its 2 levels ("no", "yes").',
  });
  expect([...predictions!.best]).toEqual([0, 1]);
  expect(predictions).not.toHaveProperty("given");
  expect(await ask("x,label\nred,no\nblue,yes\n")).toEqual({
    inspections: [],
    misfit: {
      data: 'The model knows the field "x" as real of shape [], but in these data it is category of named levels of shape [].',
    },
  });
});

test("a model without a density shows samples alone", async () => {
  const [picture] = (await pictures(engineOf(stepping(2, 0)), training("stepping", points))).slice(-1);
  expect(picture).toMatchObject({ samples: { length: 5 } });
  expect(picture).not.toHaveProperty("density");
});

test("a draw of more steps than anybody waits for comes in fewer frames", async () => {
  const handlers = engineOf(stepping(1000, 0));
  await pictures(handlers, training("stepping", points));
  const { context, sent } = calling<"trace">();
  await handlers.trace({ ...drawing, candidates: 0 }, context);
  expect(sent.length).toBeGreaterThan(50);
  expect(sent.length).toBeLessThanOrEqual(120);
  expect(sent.at(-1)).toMatchObject({ step: 1000, steps: 1000 });
});

test("samples that take long are left out while training goes on, and come at its end", async () => {
  const found = await pictures(engineOf(stepping(40, 60)), { ...training("stepping", points), steps: 8000 });
  expect(found[0]).toMatchObject({ late: true });
  expect(found[0]).not.toHaveProperty("samples");
  expect(found.at(-1)).toMatchObject({ samples: { length: 5 } });
  expect(found.at(-1)).not.toHaveProperty("late");
});
