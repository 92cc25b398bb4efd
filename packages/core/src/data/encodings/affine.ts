import { InputError } from "../../errors.js";
import { sizeOf } from "../column.js";
import { arrayFrom, numbersFrom, objectFrom, textFrom, type JsonObject } from "../json.js";
import { fieldOf, type RealField } from "../spec.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { DataSpec, Encoding, Field } from "../types.js";
import { isReal, mapColumns, mapNumbers, sumElements } from "./columns.js";

/** z = (x - shift) / factor for one field: one number of each for every element of a row. */
export interface Affine {
  readonly shift: Float64Array;
  readonly factor: Float64Array;
}

/** Real fields shifted and divided, element by element: exact, with log |det dz/dx| = - sum log |factor|. */
export function affine(id: string, spec: DataSpec, maps: Readonly<Record<string, Affine>>): Encoding {
  const names = Object.keys(maps);
  const fields = Object.fromEntries(names.map((name): [string, Field] => [name, fieldOf(spec, name)]));
  return {
    id,
    from: spec,
    to: spec,
    fidelity: "exact",
    stochastic: false,
    encode: (x) =>
      mapColumns(x, fields, (column, _, name) => {
        const { shift, factor } = maps[name]!;
        const size = shift.length;
        return {
          ...column,
          data: mapNumbers(column.data, (value, i) => (value - shift[i % size]!) / factor[i % size]!),
        };
      }),
    decode: (z) =>
      mapColumns(z, fields, (column, _, name) => {
        const { shift, factor } = maps[name]!;
        const size = shift.length;
        return {
          ...column,
          data: mapNumbers(column.data, (value, i) => value * factor[i % size]! + shift[i % size]!),
        };
      }),
    logDet: (_, z) =>
      sumElements(z, names, (_value, name, element) => -Math.log(Math.abs(maps[name]!.factor[element]!))),
    toJSON: () => ({
      id,
      from: specToJson(spec),
      maps: names.map((name) => ({ name, shift: [...maps[name]!.shift], factor: [...maps[name]!.factor] })),
    }),
  };
}

/** Reads what an affine encoding wrote. */
export function affineFromJson(id: string, json: JsonObject): Encoding {
  const spec = specFromJson(json.from);
  const maps = arrayFrom(json.maps, `encoding "${id}"`).map((entry): [string, Affine] => {
    const map = objectFrom(entry, `encoding "${id}"`);
    const name = textFrom(map.name, `encoding "${id}"`);
    const shift = Float64Array.from(numbersFrom(map.shift, `encoding of "${name}"`));
    const factor = Float64Array.from(numbersFrom(map.factor, `encoding of "${name}"`));
    checkMap(fieldOf(spec, name), name, shift, factor);
    return [name, { shift, factor }];
  });
  return affine(id, spec, Object.fromEntries(maps));
}

function checkMap(
  field: Field,
  name: string,
  shift: Float64Array,
  factor: Float64Array,
): asserts field is RealField {
  const size = isReal(field) ? sizeOf(field.shape) : -1;
  if (shift.length === size && factor.length === size && factor.every((value) => value !== 0)) return;
  throw new InputError(
    `The file's encoding of "${name}" does not fit its field; the file is damaged or of another version.`,
  );
}
