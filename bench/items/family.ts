import {
  fit,
  instantiate,
  key,
  type AnyInstance,
  type Dataset,
  type Manifest,
  type Model,
  type Plugin,
} from "@gen/core";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { endless, setup, stepsOf, stepTimes } from "./setup.js";

/** An item whose model is a family's, with the family's own settings. */
export interface Family<M extends Manifest, N extends Model> {
  readonly item: string;
  readonly plugin: Plugin<M, N>;
  /** Training rows. */
  readonly data: (options: BenchOptions) => Dataset;
  /** Rows per step. */
  readonly batch: number;
  /** Training steps of a quality run. */
  readonly steps: number;
  /** How good the trained model is. */
  readonly score: (model: AnyInstance, options: BenchOptions) => Promise<Figures>;
}

/** The program of such an item. */
export function familyProgram<M extends Manifest, N extends Model>(family: Family<M, N>): BenchProgram {
  const begin = async (options: BenchOptions, steps: number) => {
    const backend = await setup(options);
    const data = family.data(options);
    const { batch, plugin } = family;
    const model: AnyInstance = await instantiate(plugin, { data, key: key(options.seed) });
    const events = fit(model, model.trainer(), data, { key: key(options.seed), steps, batch });
    return { backend, model, steps: stepsOf(events) };
  };
  return {
    item: family.item,
    train: (options) => begin(options, endless),
    async speed(options) {
      const { backend, steps } = await begin(options, endless);
      return { backend, ...(await stepTimes(steps, options)) };
    },
    async quality(options) {
      const count = options.steps ?? family.steps;
      const { backend, model, steps } = await begin(options, count);
      const started = performance.now();
      const seconds = (): number => (performance.now() - started) / 1e3;
      for await (const { step, metrics } of steps) {
        if (step % 100 === 0)
          options.log(`step ${step} loss ${metrics["loss"]!.toFixed(4)} ${seconds().toFixed(0)} s`);
      }
      const trainSeconds = seconds();
      return { backend, steps: count, trainSeconds, ...(await family.score(model, options)) };
    },
  };
}
