/** A learning rate as a function of the step, which counts from 0. */
export type Schedule = (step: number) => number;

/** The rate of a step, of a number or a schedule. */
export const rateAt = (rate: number | Schedule, step: number): number =>
  typeof rate === "number" ? rate : rate(step);

/**
 * Rises linearly to `rate` over `warmup` steps, then falls to `final` along half a cosine until `steps`, and stays
 * there (SGDR: stochastic gradient descent with warm restarts, Loshchilov & Hutter, 2017).
 */
export const cosine =
  ({
    rate,
    steps,
    warmup = 0,
    final = 0,
  }: {
    rate: number;
    steps: number;
    warmup?: number;
    final?: number;
  }): Schedule =>
  (step) => {
    if (step < warmup) return (rate * (step + 1)) / warmup;
    const done = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
    return final + ((rate - final) * (1 + Math.cos(Math.PI * done))) / 2;
  };

/** Falls linearly from `rate` to `final` over `steps`, and stays there. */
export const linear =
  ({ rate, steps, final = 0 }: { rate: number; steps: number; final?: number }): Schedule =>
  (step) =>
    rate + (final - rate) * Math.min(1, step / Math.max(1, steps));

/** rate · decay^(step / every). */
export const exponential =
  ({ rate, decay, every = 1 }: { rate: number; decay: number; every?: number }): Schedule =>
  (step) =>
    rate * decay ** (step / every);
