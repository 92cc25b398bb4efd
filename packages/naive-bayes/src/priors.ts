import { InputError } from "@gen/core";

/** log p(y) of each class, in nats, from the classes' weights and the setting `priors`. */
export type LogPriors = (classWeights: Float64Array) => Float64Array;

/**
 * "learned": as the rows are; "uniform": alike; else one number for each class, in their order, that sum to 1.
 * @throws InputError for anything else.
 */
export function logPriorsOf(setting: string, classes: readonly string[]): LogPriors {
  const uniform = new Float64Array(classes.length).fill(-Math.log(classes.length));
  if (setting === "uniform") return () => uniform;
  if (setting === "learned")
    return (weights) => {
      const total = weights.reduce((sum, weight) => sum + Math.max(0, weight), 0);
      return total > 0 ? weights.map((weight) => Math.log(Math.max(0, weight) / total)) : uniform;
    };
  const numbers = Float64Array.from(setting.split(","), (text) => (text.trim() === "" ? NaN : Number(text)));
  const sum = numbers.reduce((a, b) => a + b, 0);
  if (numbers.length !== classes.length || !numbers.every((p) => p >= 0) || Math.abs(sum - 1) > 1e-6)
    throw new InputError(
      `priors: "${setting}" is not learned, uniform or ${classes.length} probabilities that sum to 1, of the classes ${classes.join(", ")} in this order.`,
    );
  return () => numbers.map((p) => Math.log(p / sum));
}
