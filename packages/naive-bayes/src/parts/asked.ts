import { InputError, xFields, type DataSpec } from "@gen/core";
import { realFamilies } from "../reals/families.js";

const levelDistributions = ["categorical", "bernoulli", "binomial", "bins", "multinomial"];

/** The distributions that a column can be given by name. */
const distributionNames: readonly string[] = [...Object.keys(realFamilies), ...levelDistributions];

/**
 * The setting `columns`, "visits=poisson, income=log-normal", as distributions by column.
 * @throws InputError for a column or distribution that does not exist, or what is not such a list.
 */
export function asked(spec: DataSpec, text: string): ReadonlyMap<string, string> {
  const fields = xFields(spec);
  const found = new Map<string, string>();
  for (const entry of text.split(",").map((part) => part.trim())) {
    if (entry === "") continue;
    const end = entry.lastIndexOf("=");
    const name = entry.slice(0, Math.max(0, end)).trim();
    const distribution = entry.slice(end + 1).trim();
    if (end < 1)
      throw new InputError(
        `columns: "${entry}" is no pair; write it as column=distribution, with commas between.`,
      );
    if (!Object.hasOwn(fields, name))
      throw new InputError(
        `columns: there is no column "${name}" of x; there are ${Object.keys(fields).join(", ")}.`,
      );
    if (!distributionNames.includes(distribution))
      throw new InputError(
        `columns: "${distribution}" is no distribution of a column; choose one of ${distributionNames.join(", ")}.`,
      );
    found.set(name, distribution);
  }
  return found;
}
