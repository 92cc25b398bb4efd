import { env, memory } from "@tensorflow/tfjs-core";
import { InputError, key, rows, type DataSpec, type Rows } from "@gen/core";
import { useBackend } from "@gen/core/backend";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dcganOf, type DcganConfig } from "./model.js";
import { trainer, type GanTraining } from "./trainer.js";

beforeAll(() => useBackend("onnx"));
afterAll(() => {
  env().set("ONNX_COMPILED", true);
});

const spec: DataSpec = { kind: "images", fields: { image: { type: "real", shape: [28, 28, 1] } } };
const config: DcganConfig = { latent: 64, channels: 32, stages: 2, normalisation: "batch" };
const training: GanTraining = {
  loss: "non-saturating",
  penalty: "none",
  penaltyWeight: 10,
  criticSteps: 1,
  learningRate: 2e-4,
  beta1: 0.5,
  average: 0,
};
const at = (step: number) => ({ step, key: key(7).fold(step) });

/** Smooth pictures, others at each step. */
function pictures(count: number, step: number): Rows {
  const data = Float32Array.from({ length: 784 * count }, (_, i) =>
    Math.sin(0.013 * (i + 784 * count * step) * (1 + (i % 7))),
  );
  return rows({ image: { data, shape: [28, 28, 1] } });
}

interface Case {
  readonly steps: number;
  readonly config?: Partial<DcganConfig>;
  readonly training?: Partial<GanTraining>;
}

/** How far apart the losses of compiled and eager steps are at worst, relative to them. */
async function gap({ steps, config: model, training: own }: Case): Promise<number> {
  using compiled = dcganOf(spec, { ...config, ...model }, key(1));
  using eager = dcganOf(spec, { ...config, ...model }, key(1));
  using quick = trainer(compiled, { ...training, ...own });
  using slow = trainer(eager, { ...training, ...own });
  let worst = 0;
  for (let step = 0; step < steps; step++) {
    const batch = pictures(8, step);
    env().set("ONNX_COMPILED", true);
    const { metrics: found } = await quick.step([batch], at(step));
    env().set("ONNX_COMPILED", false);
    const { metrics: expected } = await slow.step([batch], at(step));
    for (const [name, value] of Object.entries(expected))
      worst = Math.max(worst, Math.abs(found[name]! - value) / Math.max(1, Math.abs(value)));
    // Rounding grows from step to step: each step is compared from the same parameters.
    for (const [path, variable] of Object.entries(eager.variables))
      variable.assign(compiled.variables[path]!);
  }
  return worst;
}

describe("a graph for each player, with an optimizer of its own", () => {
  it("trains as the eager losses do over 200 steps", async () => {
    expect(await gap({ steps: 200 })).toBeLessThan(1e-4);
  }, 300_000);

  const small = { latent: 4, channels: 4 };
  it.each<Omit<Case, "steps">>([
    { config: { ...small, normalisation: "spectral" }, training: { loss: "hinge" } },
    {
      config: { ...small, normalisation: "layer" },
      training: { loss: "wasserstein", penalty: "gradient", criticSteps: 2 },
    },
    { config: { ...small, normalisation: "none" }, training: { penalty: "r1" } },
  ])("trains so with other losses, penalties and norms: %j", async (each) => {
    expect(await gap({ steps: 20, ...each })).toBeLessThan(1e-4);
  });
});

it("refuses a penalty on rows that are normalised together", () => {
  using model = dcganOf(spec, config, key(1));
  const before = memory().numTensors;
  for (const penalty of ["gradient", "r1"] as const) {
    expect(() => trainer(model, { ...training, penalty })).toThrow(InputError);
    expect(() => trainer(model, { ...training, penalty })).toThrow(
      /batch normalisation mixes the rows: choose normalisation "layer", "spectral" or "none"/,
    );
  }
  expect(memory().numTensors).toBe(before);
});

it("leaves nothing behind", async () => {
  const start = memory().numTensors;
  const model = dcganOf(spec, { ...config, channels: 2 }, key(1));
  const player = trainer(model, { ...training, average: 0.9 });
  await player.step([pictures(8, 0)], at(0));
  const before = memory().numTensors;
  await player.step([pictures(8, 1)], at(1));
  expect(memory().numTensors).toBe(before);
  player[Symbol.dispose]();
  model[Symbol.dispose]();
  expect(memory().numTensors).toBe(start);
});
