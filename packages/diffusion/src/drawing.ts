import { normal } from "@gen/core/random";
import { denoising, type Key, type Noisy, type Rows, type SamplingProtocol } from "@gen/core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { denoisingOptions } from "./options.js";
import { samplers } from "./samplers/index.js";
import type { Schedule } from "./schedule.js";
import type { Parts } from "./targets.js";
import { levelsOf } from "./times.js";

type State = Noisy & { readonly labels?: Tensor };

/** What a draw is made of. */
export interface Drawing {
  readonly schedule: Schedule;
  readonly noisedShape: readonly number[];
  /** Labels of the rows that are drawn, if they have any: int32 [count]. */
  labels(key: Key, count: number): Tensor | undefined;
  denoise(x: Tensor, time: number, how: { readonly labels?: Tensor; readonly guidance: number }): Parts;
  rows(x: Tensor, labels: Tensor | undefined): Rows;
}

/** Denoising by the sampler that the options name. */
export function drawing(drawn: Drawing): SamplingProtocol<State, typeof denoisingOptions> {
  const { schedule, noisedShape } = drawn;
  return denoising<State, typeof denoisingOptions>({
    options: denoisingOptions,
    steps: ({ steps, spacing }) => levelsOf(schedule, steps, spacing).length - 1,
    begin(key, count) {
      const labels = drawn.labels(key.fold("labels"), count);
      return { x: normal(key.fold("noise"), [count, ...noisedShape]), ...(labels && { labels }) };
    },
    denoise({ x, expected, labels }, { step, key }, { sampler, steps, spacing, eta, guidance }) {
      const levels = levelsOf(schedule, steps, spacing);
      const taken = samplers[sampler](
        (noisy, { time }) => drawn.denoise(noisy, time, { guidance, ...(labels && { labels }) }),
        {
          x,
          from: levels[step]!,
          to: levels[step + 1]!,
          ...(expected && { before: { data: expected, level: levels[step - 1]! } }),
          eta,
          draw: () => normal(key, x.shape),
        },
      );
      return { x: taken.x, expected: taken.data, ...(labels && { labels }) };
    },
    rows: (x, { labels }) => drawn.rows(x, labels),
  });
}
