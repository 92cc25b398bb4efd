import { InputError, xFields, type DataSpec, type Shape } from "@gen/core";

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

/** How many numbers one row has. */
export const widthOf = (spec: DataSpec): number =>
  Object.values(realShapes(spec)).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
