import { concat, reshape, slice, tidy, type Tensor } from "@tensorflow/tfjs-core";
import {
  InputError,
  isOrdered,
  tensor,
  xFields,
  type Column,
  type DataSpec,
  type Field,
  type RealField,
  type Rows,
} from "@gen/core";

/** Checks that the data are numbers, or images of ordered levels. Throws `InputError` naming the column that isn't. */
export function checkData(spec: DataSpec): void {
  for (const [name, field] of Object.entries(xFields(spec))) {
    if (field.type === "category" && (spec.kind !== "images" || !isOrdered(spec, field)))
      throw new InputError(
        `An autoencoder takes numbers, and the column "${name}" holds categories: leave it out, or make them numbers.`,
      );
    checkFixed(name, field);
  }
}

function checkFixed(name: string, field: Field): void {
  if (field.type === "text")
    throw new InputError(`An autoencoder takes no text: leave out the column "${name}".`);
  if (field.sequence === true)
    throw new InputError(
      `An autoencoder takes rows of one length: leave out the column "${name}", or cut and pad it.`,
    );
  if (field.optional === true)
    throw new InputError(
      `An autoencoder takes no gaps, and the column "${name}" may have some: fill them in, or leave it out.`,
    );
}

/** The columns of an autoencoder's own space, which are real. Throws `InputError` for others. */
export function realFields(spec: DataSpec): readonly (readonly [name: string, field: RealField])[] {
  return Object.entries(xFields(spec)).map(([name, field]) => {
    checkFixed(name, field);
    if (field.type !== "real")
      throw new InputError(`The column "${name}" must be real here: encode it first.`);
    return [name, field] as const;
  });
}

const sizeOf = ({ shape }: RealField): number => shape.reduce((a, b) => a * b, 1);

/** Numbers in a row. Throws `InputError` as `realFields` does. */
export const widthOf = (spec: DataSpec): number =>
  realFields(spec).reduce((sum, [, field]) => sum + sizeOf(field), 0);

/** All columns side by side: [rows, width]. */
export const flat = (spec: DataSpec, x: Rows): Tensor =>
  tidy(() =>
    concat(
      realFields(spec).map(([name, field]) => reshape(tensor(x, name), [x.length, sizeOf(field)])),
      1,
    ),
  );

/** The columns of numbers side by side; their tensors belong to the scope around. */
export function columnsOf(
  spec: DataSpec,
  values: Tensor,
): Readonly<Record<string, Column & { data: Tensor }>> {
  const rows = values.shape[0];
  let from = 0;
  return Object.fromEntries(
    realFields(spec).map(([name, field]) => {
      const size = sizeOf(field);
      const data = reshape(slice(values, [0, from], [rows, size]), [rows, ...field.shape]);
      from += size;
      return [name, { data, shape: field.shape }];
    }),
  );
}
