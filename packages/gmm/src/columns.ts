import {
  checkRows,
  InputError,
  xFields,
  type DataSpec,
  type NumericArray,
  type Rows,
  type Shape,
} from "@gen/core";

/** The shapes of the real x columns. @throws InputError when an x column is not numbers of one shape. */
export function realShapes(spec: DataSpec): Readonly<Record<string, Shape>> {
  const shapes: Record<string, Shape> = {};
  for (const [name, field] of Object.entries(xFields(spec))) {
    if (field.type !== "real" || field.sequence === true)
      throw new InputError(
        `A Gaussian mixture takes numbers, and the column "${name}" holds ${whatElse[field.type]}: make it the label, leave it out, or encode it as numbers.`,
      );
    shapes[name] = field.shape;
  }
  return shapes;
}

const whatElse = { text: "text", category: "categories", real: "sequences" } as const;

const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

/** How many numbers one row has. */
export const widthOf = (spec: DataSpec): number =>
  Object.values(realShapes(spec)).reduce((sum, shape) => sum + sizeOf(shape), 0);

/** The name of each number in a row: a column's, with the place in it where it has several. */
export const namesOf = (spec: DataSpec): readonly string[] =>
  Object.entries(realShapes(spec)).flatMap(([name, shape]) => {
    const size = sizeOf(shape);
    return shape.length === 0 ? [name] : Array.from({ length: size }, (_, i) => `${name}[${i}]`);
  });

/**
 * The x columns as one float64 matrix, row-major; what is missing is NaN, also where an optional column is not there.
 * @throws InputError for a column that is missing or of another shape, and for a number that is not finite.
 */
export function matrixOf(spec: DataSpec, x: Rows): Float64Array {
  const shapes = realShapes(spec);
  checkRows({ kind: spec.kind, fields: xFields(spec) }, x);
  const width = Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);
  const result = new Float64Array(x.length * width);
  let begin = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const size = sizeOf(shape);
    const data = Object.hasOwn(x.columns, name) ? numbersOf(x, name) : undefined;
    for (let row = 0; row < x.length; row++)
      for (let i = 0; i < size; i++)
        result[row * width + begin + i] = data === undefined ? NaN : data[row * size + i]!;
    begin += size;
  }
  return result;
}

function numbersOf(x: Rows, name: string): NumericArray {
  const { data } = x.columns[name]!;
  if (ArrayBuffer.isView(data)) return data;
  throw new InputError(`Column "${name}" is not in JavaScript numbers; download it first.`);
}
