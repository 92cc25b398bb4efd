import { InputError } from "../errors.js";
import type { Distribution, HasCdf, HasEntropy, HasMean, HasMode, HasVariance } from "./types.js";

type Statistics = HasMean & HasVariance & HasMode & HasEntropy & HasCdf;

/** A distribution with a statistic that the types don't promise. Throws `InputError` when it has none. */
export function having<const Name extends keyof Statistics>(
  distribution: Distribution & Partial<Statistics>,
  name: Name,
): Pick<Statistics, Name> {
  if (distribution[name] === undefined) {
    throw new InputError(`${distribution.family} has no ${name}; estimate it from samples.`);
  }
  return distribution as Pick<Statistics, Name>;
}

/** Whether a distribution has a statistic; a wrapper over a base has what its base has. */
export function offers(distribution: Distribution & Partial<Statistics>, name: keyof Statistics): boolean {
  const base = "base" in distribution ? (distribution.base as Distribution) : undefined;
  return distribution[name] !== undefined && (base === undefined || offers(base, name));
}
