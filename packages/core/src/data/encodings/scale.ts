import { InputError } from "../../errors.js";
import { sizeOf } from "../column.js";
import { numbersFrom, textsFrom, type JsonObject } from "../json.js";
import { isOrdered, type CategoryField } from "../spec.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { DataSpec, Encoding, Field } from "../types.js";
import { affine, affineFromJson, type Affine } from "./affine.js";
import {
  categoryArray,
  chosenFields,
  flagsOf,
  isCategory,
  isReal,
  mapColumns,
  nearestLevel,
  noLogDet,
  withFields,
} from "./columns.js";

type Interval = readonly [number, number];

/**
 * Real x fields from a known interval onto another, z = to0 + (x - from0) (to1 - to0) / (from1 - from0): exact,
 * with a constant log-determinant. Nothing is clipped. Throws `InputError` on an empty interval or without a real field.
 */
export function scale(
  spec: DataSpec,
  options: { readonly from: Interval; readonly to?: Interval; readonly fields?: readonly string[] },
): Encoding {
  const { from, to = [0, 1] } = options;
  checkInterval(from);
  checkInterval(to);
  const factor = (from[1] - from[0]) / (to[1] - to[0]);
  const maps = Object.entries(chosenFields("scale", spec, isReal, options.fields)).map(
    ([name, field]): [string, Affine] => {
      const size = sizeOf(field.shape);
      return [
        name,
        {
          shift: new Float64Array(size).fill(from[0] - to[0] * factor),
          factor: new Float64Array(size).fill(factor),
        },
      ];
    },
  );
  return affine("scale", spec, Object.fromEntries(maps));
}

export const scaleFromJson = (json: JsonObject): Encoding => affineFromJson("scale", json);

const loses = "a density over scaled levels is no probability of the levels: dequantise them for one";

/**
 * The ordered levels of category x fields evenly on an interval as float32 reals, level 0 at its start; by default
 * onto [0, 1]. Decoding takes the nearest level. The values survive but their probabilities do not (a density over
 * reals can pile up without bound on the levels), so it is lossy; `dequantise` is the way to a likelihood.
 */
export function scaleLevels(
  spec: DataSpec,
  options: { readonly to?: Interval; readonly fields?: readonly string[] } = {},
): Encoding {
  const to = options.to ?? [0, 1];
  checkInterval(to);
  const accepts = (field: Field): field is CategoryField => isCategory(field) && isOrdered(spec, field);
  const fields = chosenFields("scaleLevels", spec, accepts, options.fields);
  const step = ({ levels }: CategoryField): number => (to[1] - to[0]) / Math.max(1, levels - 1);
  const encoded = Object.entries(fields).map(([name, field]): [string, Field] => [
    name,
    { ...flagsOf(field), type: "real", shape: field.shape },
  ]);
  return {
    id: "scaleLevels",
    from: spec,
    to: withFields(spec, Object.fromEntries(encoded)),
    fidelity: "lossy",
    stochastic: false,
    loses,
    encode: (x) =>
      mapColumns(x, fields, (column, field) => ({
        ...column,
        data: spread(column.data, to[0], step(field)),
      })),
    decode: (z) =>
      mapColumns(z, fields, (column, field) => {
        const data = categoryArray(field, column.data.length);
        for (let i = 0; i < data.length; i++)
          data[i] = nearestLevel((column.data[i]! - to[0]) / step(field), field.levels);
        return { ...column, data };
      }),
    logDet: () => noLogDet("scaleLevels", loses),
    toJSON: () => ({ id: "scaleLevels", from: specToJson(spec), to: [...to], fields: Object.keys(fields) }),
  };
}

/** Levels at equal steps from the lowest, NaN for what is missing. */
function spread(levels: ArrayLike<number>, lowest: number, step: number): Float32Array {
  const numbers = new Float32Array(levels.length);
  for (let i = 0; i < numbers.length; i++) {
    const level = levels[i]!;
    numbers[i] = level < 0 ? NaN : lowest + level * step;
  }
  return numbers;
}

export function scaleLevelsFromJson({ from, to, fields }: JsonObject): Encoding {
  const [low, high] = numbersFrom(to, `encoding "scaleLevels"`);
  return scaleLevels(specFromJson(from), {
    to: [low ?? NaN, high ?? NaN],
    fields: textsFrom(fields, `encoding "scaleLevels"`),
  });
}

function checkInterval([low, high]: Interval): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  throw new InputError(
    `[${low}, ${high}] is not an interval to scale; give two finite numbers, the lower first.`,
  );
}
