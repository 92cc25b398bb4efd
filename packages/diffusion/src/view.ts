import { tidy, type Tensor } from "@tensorflow/tfjs-core";
import type { Bound, Capability, DataSpec, Key, Rows, Sampleable } from "@gen/core";
import type { Denoise } from "./denoise.js";
import type { Denoiser, Guide } from "./denoiser.js";
import { drawing } from "./drawing.js";
import { elbo } from "./elbo.js";
import type { Labels } from "./labels.js";
import type { Parts } from "./targets.js";

/** What every view can do. */
export const always = ["bound", "denoise", "sample"] as const satisfies readonly Capability[];

/** What a model and the model given labels share. */
export interface ViewOptions {
  readonly spec: DataSpec;
  readonly denoiser: Denoiser;
  readonly labels: Labels | undefined;
  /** Labels that are given: one for all rows, or one for each. */
  readonly chosen?: Int32Array;
}

/** A denoiser with labels that are given, or with none. It borrows all that it is made of. */
export class View implements Denoise, Bound, Sampleable {
  readonly capabilities: ReadonlySet<Capability> = new Set<Capability>(always);
  readonly spec: DataSpec;
  readonly denoiser: Denoiser;
  readonly labels: Labels | undefined;
  private readonly chosen: Int32Array | undefined;

  constructor({ spec, denoiser, labels, chosen }: ViewOptions) {
    this.spec = spec;
    this.denoiser = denoiser;
    this.labels = labels;
    this.chosen = chosen;
  }

  get schedule() {
    return this.denoiser.schedule;
  }

  get noisedShape() {
    return this.denoiser.space.shape;
  }

  denoise(x: Tensor, time: number): Parts {
    return tidy(() => ({ ...this.denoiser.parts(x, time, this.guide(x.shape[0])) }));
  }

  /**
   * The variational bound in nats, [rows], whatever labels the rows carry; the sum over times is estimated from as many
   * times as samples. With labels given it is of log p(x | y). With labels that are not given it is of log p(x) by the
   * network that is told no label, as it was in the share of training that `dropout` sets; `sample` instead draws y
   * from p(y) and x from p(x | y), which is the same distribution only as far as the network has learned it so.
   */
  elbo(x: Rows, key: Key, samples = 1): Tensor {
    return tidy(() => {
      const data = this.denoiser.space.tensor(x);
      const guide = this.guide(x.length);
      const parts = {
        schedule: this.schedule,
        space: this.denoiser.space,
        expected: (noisy: Tensor, times: Int32Array) => this.denoiser.expected(noisy, times, guide),
      };
      return elbo(parts, data, key, samples);
    });
  }

  get protocol() {
    const { denoiser, labels, chosen } = this;
    return drawing({
      schedule: denoiser.schedule,
      noisedShape: denoiser.space.shape,
      labels: (key, count) => (chosen ? labels?.repeated(chosen, count) : labels?.drawn(key, count)),
      denoise: (x, time, { labels: drawn, guidance }) =>
        denoiser.parts(
          x,
          time,
          labels && drawn && { labels: drawn, none: labels.none(x.shape[0]), guidance },
        ),
      rows: (x, drawn) => ({
        length: x.shape[0],
        columns: {
          [denoiser.space.name]: denoiser.space.column(x),
          ...(labels && drawn && { [labels.name]: labels.column(drawn) }),
        },
      }),
    });
  }

  private guide(rows: number): Guide | undefined {
    const { labels, chosen } = this;
    if (labels === undefined) return undefined;
    const none = labels.none(rows);
    return { labels: chosen ? labels.repeated(chosen, rows) : none, none, guidance: 1 };
  }
}
