import { key, type Key } from "@gen/core";
import type { BenchOptions, BenchProgram, Figures } from "../item.js";
import { parameterCount, steps as stepsOf, type Table, type Training } from "../models/training.js";
import { endless, setup, stepTimes } from "./setup.js";

/** An item whose network stands in `models/`. */
export interface Network<T extends Training> {
  readonly item: string;
  readonly make: (key: Key) => T;
  /** Training rows as the network takes them. */
  readonly table: (options: BenchOptions) => Table;
  /** Training steps of a quality run. */
  readonly steps: (options: BenchOptions) => number;
  /** How good the trained network is. */
  readonly score: (network: T, options: BenchOptions) => Figures | Promise<Figures>;
}

/** The program of such an item. */
export function networkProgram<T extends Training>(network: Network<T>): BenchProgram {
  const begin = async (options: BenchOptions, count: number) => {
    const backend = await setup(options);
    const made = network.make(key(options.seed));
    const steps = stepsOf(made, network.table(options), { seed: options.seed, steps: count });
    return { backend, made, steps, params: parameterCount(made.variables) };
  };
  return {
    item: network.item,
    train: (options) => begin(options, endless),
    async speed(options) {
      const { backend, steps, params } = await begin(options, endless);
      return { backend, params, ...(await stepTimes(steps, options)) };
    },
    async quality(options) {
      const count = options.steps ?? network.steps(options);
      const { backend, made, steps, params } = await begin(options, count);
      const started = performance.now();
      const seconds = (): number => (performance.now() - started) / 1e3;
      for await (const { step, losses } of steps) {
        if (step % 100 !== 0) continue;
        const shown = losses.map((loss) => loss.toFixed(4)).join(" ");
        options.log(`step ${step} loss ${shown} ${seconds().toFixed(0)} s`);
      }
      const trainSeconds = seconds();
      return { backend, params, steps: count, trainSeconds, ...(await network.score(made, options)) };
    },
  };
}
