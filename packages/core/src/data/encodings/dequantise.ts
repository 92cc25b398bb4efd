import { uniforms64 } from "../../random/index.js";
import { textsFrom, type JsonObject } from "../json.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { DataSpec, Encoding, Field } from "../types.js";
import {
  categoryArray,
  chosenFields,
  demandKey,
  flagsOf,
  isCategory,
  mapColumns,
  mapNumbers,
  sumElements,
  withFields,
} from "./columns.js";

/**
 * Categories spread to reals on [0, 1) by uniform noise: z = (level + u) / levels, u ~ U[0, 1).
 *
 * A level's cell has volume levels^-1, so P(x) = integral over the cell of p(z) = levels^-d E_u[p(z)], and by Jensen's
 * inequality log P(x) >= E_u[log p(z)] - d log levels: a bound, with log-determinant -d log levels in nats.
 * Source: A note on the evaluation of generative models (Theis, van den Oord and Bethge, 2016).
 */
export function dequantise(spec: DataSpec, options: { readonly fields?: readonly string[] } = {}): Encoding {
  const fields = chosenFields("dequantise", spec, isCategory, options.fields);
  const names = Object.keys(fields);
  const encoded = Object.entries(fields).map(([name, field]): [string, Field] => [
    name,
    { ...flagsOf(field), type: "real", shape: field.shape },
  ]);
  return {
    id: "dequantise",
    from: spec,
    to: withFields(spec, Object.fromEntries(encoded)),
    fidelity: "bound",
    stochastic: true,
    encode: (x, key) => {
      const source = demandKey(key, "dequantise");
      return mapColumns(x, fields, (column, { levels }, name) => {
        const noise = uniforms64(source.fold(name), column.data.length);
        return {
          ...column,
          data: mapNumbers(column.data, (level, i) => (level < 0 ? NaN : (level + noise[i]!) / levels)),
        };
      });
    },
    decode: (z) =>
      mapColumns(z, fields, (column, field) => {
        const data = categoryArray(field, column.data.length);
        for (let i = 0; i < data.length; i++) {
          const value = column.data[i]!;
          // Guard: float32 rounds the last cell's upper end to 1, and samples may lie outside [0, 1].
          data[i] = Number.isNaN(value)
            ? -1
            : Math.min(Math.max(Math.floor(value * field.levels), 0), field.levels - 1);
        }
        return { ...column, data };
      }),
    logDet: (_, z) => sumElements(z, names, (_value, name) => -Math.log(fields[name]!.levels)),
    toJSON: () => ({ id: "dequantise", from: specToJson(spec), fields: names }),
  };
}

export const dequantiseFromJson = ({ from, fields }: JsonObject): Encoding =>
  dequantise(specFromJson(from), { fields: textsFrom(fields, `encoding "dequantise"`) });
