import {
  InputError,
  xFields,
  yField,
  type CategoryField,
  type DataSpec,
  type Field,
  type RealField,
} from "@gen/core";

/** Columns that the states emit together. */
export type TrackLayout =
  | {
      readonly kind: "categorical";
      readonly field: string;
      /** Which of a row's elements, of how many. */
      readonly element: number;
      readonly size: number;
      readonly levels: number;
      /** The level named "", which ends texts and is no datum. */
      readonly end: number | undefined;
    }
  | {
      readonly kind: "gaussian" | "poisson";
      readonly fields: readonly { readonly field: string; readonly size: number }[];
      readonly columns: number;
    };

/** What of the data a hidden Markov model sees. */
export interface Layout {
  readonly spec: DataSpec;
  readonly tracks: readonly TrackLayout[];
  /** Whether a text's end is emitted like a character. */
  readonly hasEnd: boolean;
  /** A class for each sequence. */
  readonly label?: { readonly name: string; readonly names: readonly string[] };
  /** A tag for each step. */
  readonly tags?: { readonly name: string; readonly names: readonly string[] };
}

type Emitted = (RealField | CategoryField) & { readonly sequence: true };

/** @throws InputError when a column is no sequence, or a label is neither a class nor tags. */
export function layoutOf(spec: DataSpec, counts: string): Layout {
  const fields = Object.entries(xFields(spec)).map(([name, field]) => {
    if (!isEmitted(field)) throw notASequence(name, field);
    return { name, field };
  });
  const counted = namedColumns(counts, fields);
  const tracks: TrackLayout[] = [];
  for (const { name, field } of fields)
    if (field.type === "category")
      for (let element = 0; element < sizeOf(field); element++) {
        const found = field.names?.indexOf("") ?? -1;
        const end = found === -1 ? undefined : found;
        tracks.push({
          kind: "categorical",
          field: name,
          element,
          size: sizeOf(field),
          levels: field.levels,
          end,
        });
      }
  for (const kind of ["gaussian", "poisson"] as const) {
    const own = fields
      .filter(({ name, field }) => field.type === "real" && counted.has(name) === (kind === "poisson"))
      .map(({ name, field }) => ({ field: name, size: sizeOf(field) }));
    const columns = own.reduce((sum, { size }) => sum + size, 0);
    if (columns > 0) tracks.push({ kind, fields: own, columns });
  }
  const [only] = tracks;
  const y = yField(spec);
  const isTagged = y?.field.type === "category" && y.field.sequence === true;
  return {
    spec,
    tracks,
    hasEnd: tracks.length === 1 && only?.kind === "categorical" && only.end !== undefined,
    ...(y && { [isTagged ? "tags" : "label"]: { name: y.name, names: namesOf(y.name, y.field) } }),
  };
}

const isEmitted = (field: Field): field is Emitted => field.type !== "text" && field.sequence === true;

const sizeOf = ({ shape }: Emitted): number => shape.reduce((product, axis) => product * axis, 1);

const notASequence = (name: string, field: Field): InputError =>
  new InputError(
    field.type === "text"
      ? `A hidden Markov model takes sequences of numbers and categories, and the column "${name}" is text beside other columns: leave it out, or give text alone.`
      : `A hidden Markov model takes sequences, and the column "${name}" has one value for a whole row: make it a sequence or the label, or leave it out.`,
  );

/** The columns that a setting names, separated by commas. */
function namedColumns(
  counts: string,
  fields: readonly { readonly name: string; readonly field: Emitted }[],
): ReadonlySet<string> {
  const names = counts
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const reals = fields.filter(({ field }) => field.type === "real").map(({ name }) => name);
  const wrong = names.find((name) => !reals.includes(name));
  if (wrong !== undefined)
    throw new InputError(
      `The setting counts names "${wrong}", but the columns of numbers are: ${reals.join(", ") || "none"}.`,
    );
  return new Set(names);
}

function namesOf(name: string, field: Field): readonly string[] {
  if (field.type !== "category" || field.shape.length > 0)
    throw new InputError(
      `The label "${name}" must be one category for each sequence (a class) or for each of its elements (a tag).`,
    );
  return field.names ?? Array.from({ length: field.levels }, (_, i) => String(i));
}
