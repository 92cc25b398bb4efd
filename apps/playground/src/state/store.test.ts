import { expect, test } from "vitest";
import type { Engine } from "../engine/client.js";
import type { Held } from "../engine/protocol.js";
import { halving } from "../testing/made-up.js";
import { createStore } from "./store.js";

test.each([true, false])(
  "the chosen data go with a draw only if the model needs some (%s)",
  async (needsData) => {
    const spec = { kind: "points", fields: { x: { type: "real", shape: [2] } } } as const;
    const held: Held = { plugin: "halving", spec, capabilities: [], config: {}, needsData };
    const preview = { spec, length: 0, rows: { length: 0, columns: {} } };
    const drawn: object[] = [];
    const answers = { preview, load: held, draw: { inspections: [] } };
    const engine = {
      call(name: keyof typeof answers, argument: object) {
        if (name === "draw") drawn.push(argument);
        return Promise.resolve(answers[name]);
      },
      fail: () => undefined,
    } as Engine;
    const store = createStore(engine, [halving.manifest]);
    await store.chooseSource("moons");
    await store.open(new File([], "model.safetensors"));
    expect(store.complaint.value).toBeUndefined();
    expect(drawn).toHaveLength(1);
    expect("data" in drawn[0]!).toBe(needsData);
    // Other data are shown to a model that has none of its own.
    await store.chooseSource("rings");
    expect(drawn).toHaveLength(needsData ? 2 : 1);
    if (needsData) expect(drawn[1]).toMatchObject({ data: { address: "rings" } });
  },
);

test("a model that is opened is asked about a file of the user's, though it has no labels to learn from", async () => {
  const spec = { kind: "points", fields: { x: { type: "real", shape: [2] } } } as const;
  const held: Held = { plugin: "halving", spec, capabilities: [], config: {}, needsData: true };
  const source = { address: "moons", kind: "points", labelled: true, gaps: false, title: { en: "", zh: "" } };
  const preview = { spec, length: 0, rows: { length: 0, columns: {} } };
  const answers = {
    start: { backend: "", sources: [source] },
    preview,
    load: held,
    draw: { inspections: [] },
  };
  const drawn: object[] = [];
  const engine = {
    call(name: keyof typeof answers, argument: object) {
      if (name === "draw") drawn.push(argument);
      return Promise.resolve(answers[name]);
    },
    fail: () => undefined,
  } as unknown as Engine;
  const store = createStore(engine, [halving.manifest]);
  await store.start();
  await store.chooseFile(new File([], "mine.csv"));
  await store.open(new File([], "model.safetensors"));
  expect(drawn).toMatchObject([{ data: { type: "file", name: "mine.csv" } }]);
});
