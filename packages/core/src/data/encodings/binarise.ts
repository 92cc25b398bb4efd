import { InputError } from "../../errors.js";
import { uniforms } from "../../random/index.js";
import { numberFrom, textsFrom, type JsonObject } from "../json.js";
import type { NumericArray } from "../column.js";
import { isOrdered, type CategoryField } from "../spec.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { DataSpec, Encoding, Field } from "../types.js";
import {
  categoryArray,
  chosenFields,
  demandKey,
  flagsOf,
  isCategory,
  mapColumns,
  noLogDet,
  withFields,
} from "./columns.js";

const loses =
  "binarising keeps one bit of each pixel; train and score on binarised data instead, or keep the grey levels";

/**
 * Ordered levels to 0 and 1: 1 from `threshold` on, or, without one, 1 with probability level / (levels - 1)
 * (dynamic binarisation: every encoding with another key draws anew). Decoding gives the lowest and highest level,
 * and of a mean between 0 and 1 the nearest one.
 *
 * Throws `InputError` when the threshold is not above 0 and below all numbers of levels.
 * Source: On the quantitative analysis of deep belief networks (Salakhutdinov and Murray, 2008).
 */
export function binarise(
  spec: DataSpec,
  options: { readonly threshold?: number; readonly fields?: readonly string[] } = {},
): Encoding {
  const { threshold } = options;
  const accepts = (field: Field): field is CategoryField => isCategory(field) && isOrdered(spec, field);
  const fields = chosenFields("binarise", spec, accepts, options.fields);
  for (const [name, { levels }] of Object.entries(fields)) {
    if (threshold === undefined || (threshold > 0 && threshold < levels)) continue;
    throw new InputError(
      `binarise: threshold is ${threshold}, but "${name}" has the levels 0 to ${levels - 1}; give a number above 0 and below ${levels}.`,
    );
  }
  const encoded = Object.entries(fields).map(([name, field]): [string, Field] => [
    name,
    { ...flagsOf(field), type: "category", shape: field.shape, levels: 2, ordered: true },
  ]);
  return {
    id: "binarise",
    from: spec,
    to: withFields(spec, Object.fromEntries(encoded)),
    fidelity: "lossy",
    stochastic: threshold === undefined,
    loses,
    encode: (x, key) =>
      mapColumns(x, fields, (column, field, name) => {
        const data = categoryArray(field, column.data.length);
        if (threshold === undefined) {
          const noise = uniforms(demandKey(key, "binarise").fold(name), data.length);
          draw(column.data, noise, field.levels - 1, data);
        } else cut(column.data, threshold, data);
        return { ...column, data };
      }),
    decode: (z) =>
      mapColumns(z, fields, (column, field) => {
        const data = categoryArray(field, column.data.length);
        for (let i = 0; i < data.length; i++)
          data[i] = column.data[i]! < 0 ? -1 : Math.round(column.data[i]! * (field.levels - 1));
        return { ...column, data };
      }),
    logDet: () => noLogDet("binarise", loses),
    toJSON: () => ({
      id: "binarise",
      from: specToJson(spec),
      fields: Object.keys(fields),
      ...(threshold !== undefined && { threshold }),
    }),
  };
}

export const binariseFromJson = ({ from, fields, threshold }: JsonObject): Encoding =>
  binarise(specFromJson(from), {
    fields: textsFrom(fields, `encoding "binarise"`),
    ...(threshold !== undefined && { threshold: numberFrom(threshold, `encoding "binarise"`) }),
  });

/** 1 where u < level / highest, without the division; -1 where the level is missing. */
function draw(levels: NumericArray, noise: Float32Array, highest: number, out: NumericArray): void {
  for (let i = 0; i < out.length; i++) {
    const level = levels[i]!;
    out[i] = level < 0 ? -1 : noise[i]! * highest < level ? 1 : 0;
  }
}

/** 1 from the threshold on; -1 where the level is missing. */
function cut(levels: NumericArray, threshold: number, out: NumericArray): void {
  for (let i = 0; i < out.length; i++) {
    const level = levels[i]!;
    out[i] = level < 0 ? -1 : level >= threshold ? 1 : 0;
  }
}
