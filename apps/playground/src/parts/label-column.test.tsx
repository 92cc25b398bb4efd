import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import type { Engine } from "../engine/client.js";
import type { Calls } from "../engine/protocol.js";
import { createStore, type Store } from "../state/store.js";
import { halving } from "../testing/made-up.js";
import { openData } from "../worker/data.js";
import { LabelColumn } from "./label-column.js";
import { StoreProvider } from "./store.js";

const engine = {
  async call(_: "preview", { data }: Calls["preview"]["argument"]) {
    const { spec, length } = await openData(data);
    return { spec, length, rows: { length: 0, columns: {} } };
  },
  fail: () => undefined,
} as unknown as Engine;

/** The columns that are offered, the chosen one with a star. */
const offered = (store: Store): readonly string[] =>
  [
    ...render(
      <StoreProvider value={store}>
        <LabelColumn />
      </StoreProvider>,
    ).matchAll(/<option([^>]*)>([^<]*)/g),
  ].map(([, attributes, name]) => `${name!}${/\bselected/.test(attributes!) ? "*" : ""}`);

test("any column of a table of the user's can be its label, or none; no other data are asked", async () => {
  const store = createStore(engine, [halving.manifest]);
  await store.chooseSource("iris");
  expect(offered(store)).toEqual([]);
  await store.chooseFile(new File(["a,b,class\nred,1,x\nblue,1,y\n"], "mine.csv"));
  expect(offered(store)).toEqual(["none", "a", "b", "class*"]);
  await store.chooseLabel("a");
  expect(offered(store)).toEqual(["none", "a*", "b", "class"]);
  expect(store.preview.value?.spec.fields["a"]).toMatchObject({ role: "y" });
  await store.chooseLabel(null);
  expect(offered(store)).toEqual(["none*", "a", "b", "class"]);
  expect(Object.keys(store.preview.value!.spec.fields)).toEqual(["a", "b"]);
  // A column that can't be the label is told why, and another can be chosen.
  await store.chooseLabel("b");
  expect(store.dataComplaint.value).toMatch(/"b" has one class only/);
  expect(offered(store)).toEqual(["none", "a", "b*", "class"]);
  await store.chooseLabel("class");
  expect(store.dataComplaint.value).toBe("");
  await store.chooseFile(new File(["春\n"], "poem.txt"));
  expect(offered(store)).toEqual([]);
});
