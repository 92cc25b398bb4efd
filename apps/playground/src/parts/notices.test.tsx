import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import type { Engine } from "../engine/client.js";
import { language } from "../messages/index.js";
import { createStore } from "../state/store.js";
import { halving } from "../testing/made-up.js";
import { Notices } from "./notices.js";
import { StoreProvider } from "./store.js";

const store = createStore({} as Engine, [halving.manifest]);
const html = () =>
  render(
    <StoreProvider value={store}>
      <Notices />
    </StoreProvider>,
  );

test("what a model does not know of the data chosen is said, in the page's language", () => {
  expect(html()).toBe("");
  store.picture.value = {
    inspections: [],
    misfit: { labels: "Labels are others.", unknown: { tokens: 1200 } },
  };
  expect(html()).toMatch(
    /role="status".*answers are not compared with them:.*Labels are others\..*does not know 1,200 of the values of “tokens”/,
  );
  store.picture.value = { inspections: [], misfit: { data: "There is no x." } };
  expect(html()).toMatch(/don&#39;t fit the model|don't fit the model/);
  expect(html()).toContain("There is no x.");
  language.value = "zh";
  expect(html()).toContain("这份数据与模型不符");
  language.value = "en";
});
