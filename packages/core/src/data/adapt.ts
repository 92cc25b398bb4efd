import { InputError } from "../errors.js";
import { listed } from "./check.js";
import { all } from "./chunks.js";
import { isNumeric, offsetsOf } from "./column.js";
import { dataset } from "./dataset.js";
import { column } from "./select.js";
import { sameSpec } from "./spec.js";
import type { Column, Dataset, DataSpec, Field } from "./types.js";
import { selectFields } from "./views.js";

/** Data as a model knows them. */
export interface Adapted {
  readonly dataset: Dataset;
  /** How many values of fields that may be missing the model has no name for, where there are some: they are missing. */
  readonly unknown: Readonly<Record<string, number>>;
}

/**
 * Data as a model of this specification knows them: only its fields, with its own numbers for named levels, which
 * another table or text numbers otherwise. A name that it has not counts as missing where values may be missing;
 * labels may be, but their names must be known. Throws `InputError` naming the field, or the row, that does not fit.
 */
export async function adapt(data: Dataset, spec: DataSpec): Promise<Adapted> {
  const fields: Record<string, Field> = {};
  for (const [name, field] of Object.entries(spec.fields)) {
    const given = Object.hasOwn(data.spec.fields, name) ? data.spec.fields[name] : undefined;
    if (given !== undefined) {
      checkField(name, field, given);
      fields[name] = field.role === "y" && given.optional === true ? { ...field, optional: true } : field;
    } else if (isX(field) && field.optional !== true) throw needs(name, data.spec);
  }
  const first = Object.keys(spec.fields).find((name) => isX(spec.fields[name]!));
  if (first !== undefined && !Object.values(fields).some(isX)) throw needs(first, data.spec);
  const kept = selectFields(data, Object.keys(fields));
  const own: DataSpec = { kind: spec.kind, fields };
  if (sameSpec({ ...kept.spec, kind: spec.kind }, own)) return { dataset: kept, unknown: {} };
  const rows = await all(kept);
  const columns: Record<string, Column> = {};
  const unknown: Record<string, number> = {};
  for (const name of Object.keys(rows.columns)) {
    const given = column(rows, name);
    columns[name] = renumbered(name, given, { given: kept.spec.fields[name]!, own: fields[name]! });
    const count = newlyMissing(given, columns[name]);
    if (count > 0) unknown[name] = count;
  }
  return { dataset: dataset(own, { length: rows.length, columns }), unknown };
}

const isX = ({ role = "x" }: Field): boolean => role === "x";

function needs(name: string, { fields }: DataSpec): InputError {
  const there = Object.keys(fields).join(", ");
  return new InputError(`The model needs the field "${name}", and these data have: ${there || "none"}.`);
}

/** A column with the numbers that another field of the same names has for them. */
function renumbered(
  name: string,
  column: Column,
  { given, own }: { readonly given: Field; readonly own: Field },
): Column {
  const { data } = column;
  if (given.type !== "category" || own.type !== "category" || !isNumeric(data)) return column;
  const { names } = own;
  if (given.names === undefined || names === undefined) return column;
  const known = new Map(names.map((text, level) => [text, level]));
  const levels = given.names.map((text) => known.get(text) ?? -1);
  const result = Int32Array.from(data, (level) => levels[level] ?? -1);
  if (own.optional === true && own.role !== "y") return { ...column, data: result };
  const wrong = result.findIndex((level, at) => level < 0 && (data[at]! >= 0 || own.optional !== true));
  if (wrong === -1) return { ...column, data: result };
  const text = given.names[data[wrong]!];
  const row = offsetsOf(column).findIndex((offset) => offset > wrong);
  throw new InputError(
    text === undefined
      ? `Column "${name}" has no value in row ${row}, and the model takes no missing ones.`
      : `Column "${name}" is "${text}" in row ${row}, which is none of its ${names.length} levels (${listed(names)}).`,
  );
}

/** How many numbers of a column were there before, and are now missing. */
function newlyMissing({ data: before }: Column, { data: after }: Column): number {
  if (before === after || !isNumeric(before) || !isNumeric(after)) return 0;
  let count = 0;
  for (const [at, level] of after.entries()) if (level === -1 && before[at]! >= 0) count++;
  return count;
}

function checkField(name: string, own: Field, given: Field): void {
  if (told(own) === told(given)) return;
  throw new InputError(
    `The model knows the field "${name}" as ${told(own)}, but in these data it is ${told(given)}.`,
  );
}

function told(field: Field): string {
  if (field.type === "text") return "text";
  const sequence = field.sequence === true ? "a sequence of " : "";
  const levels =
    field.type === "category"
      ? field.names === undefined
        ? ` of ${field.levels} levels`
        : " of named levels"
      : "";
  return `${sequence}${field.type}${levels} of shape [${field.shape.join(", ")}]`;
}
