import { InputError } from "../../errors.js";
import { numberFrom, textsFrom, type JsonObject } from "../json.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { DataSpec, Encoding } from "../types.js";
import { chosenFields, isReal, mapColumns, mapNumbers, rowOf, sumElements } from "./columns.js";

/**
 * Reals on [0, 1] to the whole line: z = log(y / (1 - y)) with y = alpha + (1 - 2 alpha) x, which keeps z finite at
 * the ends. log |det dz/dx| = sum [log(1 - 2 alpha) - log y - log(1 - y)]. Decoding clips to [0, 1].
 *
 * Throws `InputError` unless 0 < alpha < 1/2, and at values outside [0, 1].
 * Source: Density estimation using Real NVP (Dinh, Sohl-Dickstein and Bengio, 2017), section 4.1.
 */
export function logit(
  spec: DataSpec,
  options: { readonly alpha?: number; readonly fields?: readonly string[] } = {},
): Encoding {
  const alpha = options.alpha ?? 0.05;
  if (!(alpha > 0 && alpha < 0.5))
    throw new InputError(`logit: alpha is ${alpha}; give a number above 0 and below 0.5.`);
  const fields = chosenFields("logit", spec, isReal, options.fields);
  const names = Object.keys(fields);
  return {
    id: "logit",
    from: spec,
    to: spec,
    fidelity: "exact",
    stochastic: false,
    encode: (x) =>
      mapColumns(x, fields, (column, _, name) => ({
        ...column,
        data: mapNumbers(column.data, (value, i) => {
          if (value < 0 || value > 1) {
            throw new InputError(
              `Column "${name}" is ${value} in row ${rowOf(column, i)} where a number from 0 to 1 is expected; scale it first.`,
            );
          }
          const y = alpha + (1 - 2 * alpha) * value;
          return Math.log(y) - Math.log1p(-y);
        }),
      })),
    decode: (z) =>
      mapColumns(z, fields, (column) => ({
        ...column,
        data: mapNumbers(column.data, (value) =>
          Math.min(Math.max((sigmoid(value) - alpha) / (1 - 2 * alpha), 0), 1),
        ),
      })),
    // log y = -softplus(-z), log(1 - y) = -softplus(z)
    logDet: (_, z) =>
      sumElements(
        z,
        names,
        (value) => Math.log1p(-2 * alpha) + Math.abs(value) + 2 * Math.log1p(Math.exp(-Math.abs(value))),
      ),
    toJSON: () => ({ id: "logit", from: specToJson(spec), alpha, fields: names }),
  };
}

export const logitFromJson = ({ from, alpha, fields }: JsonObject): Encoding =>
  logit(specFromJson(from), {
    alpha: numberFrom(alpha, `encoding "logit"`),
    fields: textsFrom(fields, `encoding "logit"`),
  });

// Guard: exp of a positive number could overflow.
const sigmoid = (z: number): number => (z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z)));
