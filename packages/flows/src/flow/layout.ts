import { cast, concat, reshape, slice, tidy, transpose, type Tensor } from "@tensorflow/tfjs-core";
import {
  column,
  InputError,
  sizeOf,
  tensor,
  xFields,
  type Column,
  type DataSpec,
  type Field,
  type RealField,
  type Rows,
} from "@gen/core";

/** How rows become one tensor, and again rows. */
export interface Layout {
  /** One row's shape. */
  readonly shape: readonly number[];
  /** [rows, ...shape], a new tensor. Throws `InputError` for rows that lack a column or have another shape. */
  toTensor(x: Rows): Tensor;
  /** The x columns, new tensors. */
  toRows(x: Tensor): Rows;
}

/** Numbers side by side, column after column. Throws `InputError` for columns of anything but numbers. */
export function vectors(spec: DataSpec): Layout {
  const fields = Object.entries(xFields(spec)).map(([name, field]) => ({
    name,
    field: realField(name, field),
  }));
  const width = fields.reduce((sum, { field }) => sum + sizeOf(field.shape), 0);
  return {
    shape: [width],
    toTensor: (x) =>
      tidy(() =>
        concat(
          fields.map(({ name, field }) => reshape(values(x, name, field), [x.length, sizeOf(field.shape)])),
          1,
        ),
      ),
    toRows(x) {
      const length = x.shape[0];
      const columns: Record<string, Column> = {};
      let from = 0;
      for (const { name, field } of fields) {
        const [start, count] = [from, sizeOf(field.shape)];
        const data = tidy(() => reshape(slice(x, [0, start], [-1, count]), [length, ...field.shape]));
        columns[name] = { data, shape: field.shape };
        from += count;
      }
      return { length, columns };
    },
  };
}

/** One column of images with channels last, as channels first. Throws `InputError` for anything else. */
export function images(spec: DataSpec): Layout {
  const [found, ...more] = Object.entries(xFields(spec));
  if (!found || more.length > 0)
    throw new InputError(`A flow takes images of one column, not of ${more.length + 1}; select one.`);
  const [name, any] = found;
  const field = realField(name, any);
  const [height, width, channels, ...rest] = field.shape;
  if (channels === undefined || rest.length > 0)
    throw new InputError(
      `Column "${name}" has the shape [${field.shape.join(", ")}]; images need [height, width, channels].`,
    );
  return {
    shape: [channels, height!, width!],
    toTensor: (x) => tidy(() => transpose(values(x, name, field), [0, 3, 1, 2])),
    toRows: (x) => ({
      length: x.shape[0],
      columns: { [name]: { data: transpose(x, [0, 2, 3, 1]), shape: field.shape } },
    }),
  };
}

function realField(name: string, field: Field): RealField {
  const trouble = troubleOf(field);
  if (field.type === "real" && trouble === undefined) return field;
  throw new InputError(
    `A flow takes numbers, and the column "${name}" ${trouble ?? ""}: leave it out, or encode it as numbers.`,
  );
}

function troubleOf(field: Field): string | undefined {
  if (field.type === "text") return "is text";
  if (field.sequence === true) return "has sequences";
  if (field.optional === true) return "may have gaps";
  return field.type === "category" ? "has categories" : undefined;
}

function values(x: Rows, name: string, field: RealField): Tensor {
  const { shape } = column(x, name);
  if (shape.join() === field.shape.join()) return cast(tensor(x, name), "float32");
  throw new InputError(
    `Column "${name}" has rows of shape [${shape.join(", ")}] where [${field.shape.join(", ")}] is expected.`,
  );
}
