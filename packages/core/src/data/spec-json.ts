import { InputError } from "../errors.js";
import type { Json, Shape } from "../types.js";
import { sizeOf } from "./column.js";
import {
  booleanFrom,
  numberFrom,
  numbersFrom,
  objectFrom,
  onlyKnown,
  textFrom,
  textsFrom,
  type JsonObject,
} from "./json.js";
import type { DataKind, DataSpec, Field } from "./types.js";

const kinds: readonly DataKind[] = ["points", "table", "images", "text", "sequences", "codes"];

/** Bounds on what a hostile file can make a reader build for a row. */
const mostElements = 2 ** 26;
const mostAxes = 8;
const mostLevels = 2 ** 31 - 1;

/** The specification as JSON, whose bytes don't depend on the order in which a field's properties were written. */
export const specToJson = (spec: DataSpec): Json => ({
  kind: spec.kind,
  fields: Object.fromEntries(
    Object.entries(spec.fields).map(([name, field]) => [
      name,
      Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  ),
});

/** Reads what `specToJson` wrote. Throws `InputError` naming what is wrong, also at properties that are not known. */
export function specFromJson(json: Json | undefined): DataSpec {
  const object = objectFrom(json, "data specification");
  onlyKnown(object, ["kind", "fields"], "data specification");
  const kind = kinds.find((name) => name === object.kind);
  if (kind === undefined) throw bad(`The file's kind of data is not one of ${kinds.join(", ")}`);
  const fields = Object.entries(objectFrom(object.fields, "data specification's fields"));
  return {
    kind,
    fields: Object.fromEntries(
      fields.map(([name, field]) => [name, fieldFrom(field, `field "${name.slice(0, 80)}"`)]),
    ),
  };
}

function fieldFrom(json: Json, what: string): Field {
  const object = objectFrom(json, what);
  onlyKnown(object, ["role", "sequence", "optional", "type", "shape", "levels", "names", "ordered"], what);
  const flags = flagsFrom(object, what);
  const type = textFrom(object.type, `${what}.type`);
  if (type === "text") return { ...flags, type };
  if (type === "real") return { ...flags, type, shape: shapeFrom(object.shape, what) };
  if (type === "category") return { ...flags, type, ...categoryFrom(object, what) };
  throw bad(`The file's ${what} is not of type real, category or text`);
}

const flagsFrom = (
  { role, sequence, optional }: JsonObject,
  what: string,
): Pick<Field, "role" | "sequence" | "optional"> => ({
  ...(role !== undefined && { role: roleFrom(role, what) }),
  ...(sequence !== undefined && { sequence: booleanFrom(sequence, `${what}.sequence`) }),
  ...(optional !== undefined && { optional: booleanFrom(optional, `${what}.optional`) }),
});

function categoryFrom(
  json: JsonObject,
  what: string,
): { shape: Shape; levels: number; names?: readonly string[]; ordered?: boolean } {
  const levels = numberFrom(json.levels, `${what}.levels`);
  if (!Number.isInteger(levels) || levels < 1 || levels > mostLevels)
    throw bad(`The file's ${what} has ${levels} levels`);
  const names = json.names === undefined ? undefined : textsFrom(json.names, `${what}.names`);
  if (names !== undefined && names.length !== levels)
    throw bad(`The file's ${what} has ${names.length} names for ${levels} levels`);
  return {
    shape: shapeFrom(json.shape, what),
    levels,
    ...(names !== undefined && { names }),
    ...(json.ordered !== undefined && { ordered: booleanFrom(json.ordered, `${what}.ordered`) }),
  };
}

function shapeFrom(json: Json | undefined, what: string): Shape {
  const shape = numbersFrom(json, `${what}.shape`);
  const usable = shape.length <= mostAxes && shape.every((size) => Number.isInteger(size) && size > 0);
  if (usable && sizeOf(shape) <= mostElements) return shape;
  throw bad(
    `The file's ${what} has the shape [${shape.slice(0, mostAxes).join(", ")}], which no row can have`,
  );
}

function roleFrom(role: Json, what: string): NonNullable<Field["role"]> {
  if (role === "x" || role === "y" || role === "weight") return role;
  throw bad(`The file's ${what} has a role that is none of x, y and weight`);
}

const bad = (trouble: string): InputError =>
  new InputError(`${trouble}; the file is damaged or of another version.`);
