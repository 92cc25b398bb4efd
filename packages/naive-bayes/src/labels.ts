import { conform, InputError, yField, type DataSpec, type Field, type Rows } from "@gen/core";

/** The label of a specification: its column and the names of its classes. */
export interface Label {
  readonly name: string;
  readonly field: Extract<Field, { type: "category" }>;
  readonly classes: readonly string[];
}

const mostClasses = 65536;

/** @throws InputError when there is none, or it is not one category for each row. */
export function labelOf(spec: DataSpec): Label {
  const label = yField(spec);
  if (label === undefined)
    throw new InputError(
      "Naive Bayes learns classes, and these data have no label: give one field the role y.",
    );
  const { name, field } = label;
  if (field.type !== "category" || field.sequence === true || field.shape.length > 0)
    throw new InputError(
      `The label "${name}" is not one category for each row: naive Bayes can have labels of a few names only.`,
    );
  if (field.levels > mostClasses)
    throw new InputError(`The label "${name}" has ${field.levels} classes, more than ${mostClasses}.`);
  const classes = field.names ?? Array.from({ length: field.levels }, (_, i) => String(i));
  return { name, field, classes };
}

/** The class of each row, -1 where it has no label. @throws InputError for a class that does not exist. */
export function classesOf({ name, field }: Label, x: Rows): Int32Array {
  const spec: DataSpec = { kind: "table", fields: { [name]: { ...field, optional: true } } };
  const data = conform(spec, x).columns[name]?.data;
  return data === undefined ? new Int32Array(x.length).fill(-1) : Int32Array.from(data as Int32Array);
}
