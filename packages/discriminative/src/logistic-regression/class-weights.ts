import { InputError } from "@gen/core";

/**
 * How much a row of each class counts, from a setting: "" (1), "balanced" (rows / (classes · rows of the class), of
 * the classes that there are) or a list "name=weight, …".
 * @throws InputError for a name that is no class and a weight that is no number of at least 0.
 */
export function classWeightsOf(
  setting: string,
  classes: readonly string[],
  rows: Float64Array,
): Float64Array {
  const weights = new Float64Array(classes.length).fill(1);
  if (setting.trim() === "") return weights;
  if (setting.trim() === "balanced") {
    const total = rows.reduce((sum, count) => sum + count, 0);
    const present = rows.filter((count) => count > 0).length;
    return rows.map((count) => (count === 0 ? 1 : total / (present * count)));
  }
  for (const part of setting.split(",")) {
    const at = part.lastIndexOf("=");
    const name = part.slice(0, at).trim();
    const text = part.slice(at + 1).trim();
    const c = classes.indexOf(name);
    if (at === -1 || c === -1)
      throw new InputError(
        `Weights of classes: "${part.trim()}" is not one of ${classes.join(", ")} with its weight, such as "${classes[0] ?? ""}=2".`,
      );
    const weight = Number(text);
    if (text === "" || !(weight >= 0 && weight < Infinity))
      throw new InputError(`The weight of the class "${name}" is "${text}", not a number of at least 0.`);
    weights[c] = weight;
  }
  return weights;
}
