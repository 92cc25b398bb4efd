import {
  InputError,
  isOrdered,
  sizeOf,
  xFields,
  yField,
  type CategoryField,
  type DataSpec,
  type Shape,
} from "@gen/core";

/** One element of a category column: its levels have weights of their own, from `first` on. */
export interface Indicator {
  readonly name: string;
  readonly element: number;
  readonly levels: number;
  readonly first: number;
}

/** A column of numbers, or of levels that have an order. */
export interface Scale {
  readonly name: string;
  readonly shape: Shape;
  /** Elements in a row. */
  readonly size: number;
  /** The feature of the first element. */
  readonly first: number;
  /** What its values count as. */
  readonly unit: number;
  /** Below it values are missing. */
  readonly least: number;
}

/** How columns become features: numbers as they are, and an indicator for each level of a category. */
export interface Columns {
  readonly scales: readonly Scale[];
  /** What each number counts as: levels that have an order become numbers from 0 to 1. */
  readonly units: Float64Array;
  readonly indicators: readonly Indicator[];
  /** Numbers and levels together. */
  readonly features: number;
  readonly label: { readonly name: string; readonly field: CategoryField };
}

const kinds = { text: "text", category: "sequences", real: "sequences" } as const;

/** How many features the columns make, known before they are laid out. */
export function featuresIn(spec: DataSpec): number {
  let count = 0;
  for (const field of Object.values(xFields(spec))) {
    if (field.type === "text") continue;
    const levels = field.type === "category" && !isOrdered(spec, field) ? field.levels : 1;
    count += levels * sizeOf(field.shape);
  }
  return count;
}

/** @throws InputError when a column can't be a feature or the label is no category. */
export function columnsOf(spec: DataSpec): Columns {
  const x = Object.entries(xFields(spec));
  for (const [name, field] of x) {
    if (field.type === "text" || field.sequence === true)
      throw new InputError(
        `Logistic regression takes numbers and categories, and the column "${name}" holds ${kinds[field.type]}: leave it out, or encode it as numbers.`,
      );
  }
  let features = 0;
  const scales = x.flatMap(([name, field]): Scale[] => {
    if (field.type === "text" || (field.type === "category" && !isOrdered(spec, field))) return [];
    const [first, size] = [features, sizeOf(field.shape)];
    features += size;
    const [unit, least] = field.type === "category" ? [1 / Math.max(1, field.levels - 1), 0] : [1, -Infinity];
    return [{ name, shape: field.shape, size, first, unit, least }];
  });
  const units = new Float64Array(features);
  for (const { first, size, unit } of scales) units.fill(unit, first, first + size);
  const indicators = x.flatMap(([name, field]) => {
    if (field.type !== "category" || isOrdered(spec, field)) return [];
    return Array.from({ length: sizeOf(field.shape) }, (_, element): Indicator => {
      const first = features;
      features += field.levels;
      return { name, element, levels: field.levels, first };
    });
  });
  return { scales, units, indicators, features, label: labelOf(spec) };
}

function labelOf(spec: DataSpec): Columns["label"] {
  const label = yField(spec);
  if (label?.field.type === "category" && label.field.sequence !== true && sizeOf(label.field.shape) === 1)
    return { name: label.name, field: label.field };
  throw new InputError(
    `The label "${label?.name ?? ""}" is not one category a row: logistic regression tells classes apart.`,
  );
}

/** The names of classes; numbers where the label has none. */
export const classesOf = ({ field }: Columns["label"]): readonly string[] =>
  field.names ?? Array.from({ length: field.levels }, (_, i) => String(i));

/** What belongs to features, [features, width], times the numbers' units. */
export function inUnits(values: Float64Array, units: Float64Array, width: number): Float64Array {
  const result = values.slice();
  units.forEach((unit, j) => {
    for (let i = j * width; i < (j + 1) * width; i++) result[i]! *= unit;
  });
  return result;
}
