import { InputError } from "../../errors.js";
import { textsFrom, type JsonObject } from "../json.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { DataSpec, Encoding, Field } from "../types.js";
import {
  categoryArray,
  chosenFields,
  flagsOf,
  isCategory,
  mapColumns,
  noLogDet,
  rowOf,
  withFields,
} from "./columns.js";

const loses = "a density over one-hot reals is no probability of the categories";

/**
 * Categories as real vectors with a 1 at the level: shape [...shape, levels], float32; a missing one is all zeros.
 * Decoding takes the largest entry, the first of equals. No information is lost, but a model sees reals, and its
 * density over them is no probability of the categories, so the encoding is lossy.
 */
export function oneHot(spec: DataSpec, options: { readonly fields?: readonly string[] } = {}): Encoding {
  const fields = chosenFields("oneHot", spec, isCategory, options.fields);
  const encoded = Object.entries(fields).map(([name, field]): [string, Field] => [
    name,
    { ...flagsOf(field), type: "real", shape: [...field.shape, field.levels] },
  ]);
  return {
    id: "oneHot",
    from: spec,
    to: withFields(spec, Object.fromEntries(encoded)),
    fidelity: "lossy",
    stochastic: false,
    loses,
    encode: (x) =>
      mapColumns(x, fields, (column, { levels, shape }, name) => {
        const data = new Float32Array(column.data.length * levels);
        for (let i = 0; i < column.data.length; i++) {
          const level = column.data[i]!;
          if (!Number.isInteger(level) || level < -1 || level >= levels) {
            throw new InputError(
              `Column "${name}" is ${level} in row ${rowOf(column, i)} where a whole number from 0 to ${levels - 1} is expected.`,
            );
          }
          if (level >= 0) data[i * levels + level] = 1;
        }
        return { ...column, data, shape: [...shape, levels] };
      }),
    decode: (z) =>
      mapColumns(z, fields, (column, field) => {
        const { levels, shape, optional } = field;
        const data = categoryArray(field, column.data.length / levels);
        for (let i = 0; i < data.length; i++) {
          const scores = column.data.subarray(i * levels, (i + 1) * levels);
          data[i] =
            optional === true && scores.every((score) => score === 0)
              ? -1
              : scores.indexOf(Math.max(...scores));
        }
        return { ...column, data, shape };
      }),
    logDet: () => noLogDet("oneHot", loses),
    toJSON: () => ({ id: "oneHot", from: specToJson(spec), fields: Object.keys(fields) }),
  };
}

export const oneHotFromJson = ({ from, fields }: JsonObject): Encoding =>
  oneHot(specFromJson(from), { fields: textsFrom(fields, `encoding "oneHot"`) });
