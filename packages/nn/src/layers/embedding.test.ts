import { tensor } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { tensorCount, useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, test } from "vitest";
import { firstOrderError } from "../testing/differences.js";
import { disposeAll } from "../variables.js";
import { Embedding } from "./embedding.js";

describe.each(["cpu", "wasm"] as const)("embedding on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test("gives each symbol its row; repeated symbols add up their gradients", () => {
    const layer = new Embedding({ levels: 4, width: 3, key: key(1) });
    const symbols = tensor([2, 0, 2, 1, 1, 1], [2, 3], "int32");
    const y = layer.call(symbols);
    expect(y.shape).toEqual([2, 3, 3]);
    expect([...y.dataSync().slice(6, 9)]).toEqual([...layer.weight.dataSync().slice(6, 9)]);
    expect(firstOrderError(() => layer.call(symbols), [layer.weight])).toBeLessThan(1e-3);
  });
});

test("leaks nothing", () => {
  const before = tensorCount();
  const layer = new Embedding({ levels: 4, width: 3, key: key(1) });
  const symbols = tensor([1], [1], "int32");
  layer.call(symbols).dispose();
  expect(tensorCount()).toBe(before + 2);
  symbols.dispose();
  disposeAll(layer.variables);
  expect(tensorCount()).toBe(before);
});
