/** The probability of a wrong verdict, both of failing what is right and of passing what is wrong. */
export const errorRate = 1e-6;

/**
 * How many independent draws tell apart two cumulative distribution functions that differ by `gap` somewhere, with
 * both error rates at most `errorRate`: fail when the empirical function is further than gap / 2 from the expected.
 * By P(sup |F_n - F| > e) <= 2 exp(-2 n e^2) (The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality,
 * Massart, 1990), at e = gap / 2.
 */
export const sampleSize = (gap: number): number => Math.ceil((2 * Math.log(2 / errorRate)) / gap ** 2);

/** The gap that as many draws find: the inverse of `sampleSize`. */
export const gapOf = (count: number): number => Math.sqrt((2 * Math.log(2 / errorRate)) / count);

/** Standard errors of a mean that chance passes with probability `errorRate` on one side, for many rows. */
export const standardErrors = 4.76;
