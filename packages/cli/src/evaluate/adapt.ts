import {
  all,
  column,
  dataset,
  isNumeric,
  key,
  sameSpec,
  selectFields,
  type Column,
  type Dataset,
  type DataSpec,
  type Field,
  type Rows,
} from "@gen/core";
import { InputError, isInputError } from "@gen/core/manifest";

/** What to do with data that don't fit a model. */
export const alike = "give data like those that the model learned";

/**
 * Data as a model knows them: only its fields, with its own numbers for named levels, of which another table may have
 * fewer. Labels may be missing. Throws `InputError` naming the field, or the row, that does not fit.
 */
export async function adapt(data: Dataset, spec: DataSpec): Promise<Dataset> {
  const fields: Record<string, Field> = {};
  for (const [name, field] of Object.entries(spec.fields)) {
    const given = Object.hasOwn(data.spec.fields, name) ? data.spec.fields[name] : undefined;
    if (given !== undefined) {
      checkField(name, field, given);
      fields[name] = field;
    } else if ((field.role ?? "x") === "x" && field.optional !== true) {
      const there = Object.keys(data.spec.fields).join(", ");
      throw new InputError(`The model needs the field "${name}", and these data have: ${there || "none"}.`);
    }
  }
  const kept = selectFields(data, Object.keys(fields));
  const own: DataSpec = { kind: spec.kind, fields };
  if (sameSpec({ ...kept.spec, kind: spec.kind }, own)) return kept;
  const rows = named(await all(kept, key(0)), kept.spec);
  try {
    return dataset(own, rows);
  } catch (error) {
    throw emptied(error, own);
  }
}

/** An error about a level that the model does not know: where it takes gaps, the cell may be empty. */
function emptied(error: unknown, { fields }: DataSpec): unknown {
  if (!isInputError(error)) return error;
  const name = /^Column "(.+?)" .* is none of its /.exec(error.message)?.[1];
  if (name === undefined || !Object.hasOwn(fields, name) || fields[name]!.optional !== true) return error;
  return new InputError(
    `${error.message.replace(/\.$/, "")}; leave it empty, which says that it is unknown, or ${alike}.`,
    { cause: error },
  );
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

/** Named levels as their names, which a data set of another specification numbers anew. */
const named = (rows: Rows, spec: DataSpec): Rows => ({
  length: rows.length,
  columns: Object.fromEntries(
    Object.keys(rows.columns).map((name) => [name, namesOf(column(rows, name), spec.fields[name])]),
  ),
});

function namesOf(given: Column, field: Field | undefined): Column {
  if (field?.type !== "category" || field.names === undefined || !isNumeric(given.data)) return given;
  const { names } = field;
  return { ...given, data: Array.from(given.data, (level) => names[level] ?? "") };
}
