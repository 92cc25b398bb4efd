import { key, type Trainer } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { memory, tidy, zerosLike } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { denseGan } from "./dense.js";
import type { Gan } from "./model.js";
import { watched } from "./mode-collapse.js";
import { pointRows, pointSpec } from "./testing/data.js";

beforeAll(() => useBackend("cpu"));

const still: Trainer = {
  consumes: "batch",
  step: () => Promise.resolve({ metrics: { critic: 1 }, diagnoses: [{ kind: "odd", remedy: "Even." }] }),
  state: () => Promise.resolve(new Map()),
  restore: () => {},
  [Symbol.dispose]: () => {},
};

const model = (): Gan =>
  denseGan(pointSpec, { latent: 2, hidden: 8, layers: 1, normalisation: "none" }, key(1));

/** A generator that says the same whatever the noise. */
function collapsed(): Gan {
  const one = model();
  for (const [path, variable] of Object.entries(one.generator.variables))
    if (path.endsWith("weight")) tidy(() => variable.assign(zerosLike(variable)));
  return one;
}

async function told(own: Gan, steps: readonly number[], rows = 64): Promise<string[]> {
  const trainer = watched(still, own);
  const kinds: string[] = [];
  for (const step of steps) {
    const { metrics, diagnoses = [] } = await trainer.step([pointRows(rows)], { step, key: key(step) });
    expect(metrics).toEqual({ critic: 1 });
    kinds.push(...diagnoses.map(({ kind }) => `${kind} ${step}`));
  }
  return kinds.filter((kind) => !kind.startsWith("odd"));
}

describe("a watched trainer", () => {
  it("tells of mode collapse at every 500th step, and not before samples have had time", async () => {
    expect(await told(collapsed(), [0, 1, 499, 500, 501, 1000])).toEqual([
      "mode-collapse 500",
      "mode-collapse 1000",
    ]);
  });

  it("tells nothing of a generator that varies, nor from a handful of rows", async () => {
    expect(await told(model(), [500, 1000])).toEqual([]);
    expect(await told(collapsed(), [500], 31)).toEqual([]);
  });

  it("looks at the first 256 rows of a large batch", async () => {
    const own = collapsed();
    const looked: number[] = [];
    const input = own.input.bind(own);
    own.input = (x) => {
      looked.push(x.length);
      return input(x);
    };
    const before = memory().numTensors;
    expect(await told(own, [500], 3000)).toEqual(["mode-collapse 500"]);
    expect(await told(own, [500], 100)).toEqual(["mode-collapse 500"]);
    expect(looked).toEqual([256, 100]);
    expect(memory().numTensors).toBe(before);
  });

  it("keeps what the trainer tells, and leaves nothing behind", async () => {
    const trainer = watched(still, collapsed());
    const before = memory().numTensors;
    const { diagnoses } = await trainer.step([pointRows(64)], { step: 500, key: key(1) });
    expect(diagnoses!.map(({ kind }) => kind)).toEqual(["odd", "mode-collapse"]);
    expect(memory().numTensors).toBe(before);
    await expect(trainer.step([], { step: 0, key: key(1) })).rejects.toThrow("A step needs rows.");
    expect("start" in trainer).toBe(false);
  });
});
