import { key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, expect, test } from "vitest";
import { Dense } from "./layers/dense.js";
import { uneven } from "./testing/numbers.js";
import { collect, disposeAll } from "./variables.js";

beforeAll(() => useBackend("cpu"));

test("parameters are named by their path", () => {
  const first = new Dense({ inputs: 2, outputs: 2, key: key(1) });
  const shift = uneven([2]);
  const inner = { variables: collect({ first, shift }) };
  const all = collect({ encoder: inner });
  expect(Object.keys(all)).toEqual(["encoder/first/weight", "encoder/first/bias", "encoder/shift"]);
  expect(all["encoder/shift"]).toBe(shift);
});

test("disposing frees each once", () => {
  const before = tensorCount();
  const layer = new Dense({ inputs: 2, outputs: 2, key: key(1) });
  const all = collect({ a: layer, b: layer });
  disposeAll(all);
  disposeAll(all);
  expect(tensorCount()).toBe(before);
});
