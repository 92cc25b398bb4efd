import { describeModelFiles, guardedLoad, withMetadata } from "@gen/conformance";
import { key, save } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { beforeAll, describe, expect, it, test } from "vitest";
import { hmm } from "./index.js";
import { configOf, randomData } from "./testing/data.js";
import { train } from "./testing/train.js";

let file: Uint8Array;
beforeAll(async () => {
  await useBackend("cpu");
  const names = ["full", "categorical", "poisson"] as const;
  const data = randomData(key(1), names, [20, 10]);
  file = await save((await train(data, { config: { ...configOf(names), states: 2 }, steps: 3 })).model);
});

describeModelFiles({ title: "hmm", file: () => file, plugins: [hmm] }, { describe, it });

test.each([
  [2000, 100, 2],
  [2000, 1, 20_000],
  [2, 100, 5000],
  [3, 1, 2],
])(
  "a file that asks for %d states of %d components over %d columns is refused soon",
  async (states, components, columns) => {
    const bytes = withMetadata(file, (items) => {
      for (const [name, text] of items) items.set(name, text.replaceAll("[2]", `[${columns}]`));
      items.set(
        "config",
        JSON.stringify({ states, topology: "ergodic", covariance: "full", components, counts: "x2" }),
      );
    });
    expect(await guardedLoad(bytes, [hmm])).toMatch(/saved|parameters/);
  },
);
