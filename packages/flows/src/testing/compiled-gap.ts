import { env } from "@tensorflow/tfjs-core";
import { key, type Rows } from "@gen/core";
import type { FlowModel } from "../flow/flow-model.js";
import { maximumLikelihood } from "../flow/trainer.js";

interface Options {
  readonly steps: number;
  readonly batchOf: (step: number) => Rows;
  /** Rounding grows from step to step: each step is compared from the same parameters. */
  readonly chaotic?: boolean;
}

/** How far apart the losses of compiled training and of training operation by operation are, relative to them, at worst. */
export async function compiledGap(
  make: () => FlowModel,
  { steps, batchOf, chaotic = false }: Options,
): Promise<number> {
  using compiled = make();
  using eager = make();
  const settings = { learningRate: 1e-3, average: 0 };
  using quick = maximumLikelihood(compiled, settings);
  using slow = maximumLikelihood(eager, settings);
  for (const trainer of [quick, slow]) await trainer.start?.([batchOf(0)], key(0));
  let worst = 0;
  for (let step = 0; step < steps; step++) {
    const loss = async (trainer: typeof quick, compiles: boolean): Promise<number> => {
      env().set("ONNX_COMPILED", compiles);
      const { metrics } = await trainer.step([batchOf(step)], { step, key: key(step) });
      return metrics["loss"]!;
    };
    const [found, expected] = [await loss(quick, true), await loss(slow, false)];
    worst = Math.max(worst, Math.abs(found - expected) / Math.max(1, Math.abs(expected)));
    if (!chaotic) continue;
    for (const [path, variable] of Object.entries(eager.variables))
      variable.assign(compiled.variables[path]!);
  }
  return worst;
}
