import { InputError } from "@gen/core";
import { covarianceShape, type CovarianceType } from "./mixture/mixture.js";

/** More memory than any mixture is worth: 512 MB. */
const mostNumbers = 2 ** 26;

/** @throws InputError when mixtures would be too large, or larger than the file that they are read from. */
export function checkSize(
  classes: number,
  type: CovarianceType,
  components: number,
  columns: number,
  saved = Infinity,
): void {
  const own = covarianceShape(type, components, columns).reduce((a, b) => a * b, 1);
  const numbers = classes * (own + components * (columns + 1));
  if (numbers > saved)
    throw new InputError(
      `A mixture of ${components} components over ${columns} columns has ${numbers} parameters, but the file holds ${saved}: its configuration is not that of its arrays.`,
    );
  if (numbers <= mostNumbers) return;
  throw new InputError(
    `A mixture of ${components} components over ${columns} columns has ${numbers} parameters, more than ${mostNumbers}: use fewer components or columns, or a diagonal covariance.`,
  );
}
