import {
  add,
  cast,
  clipByValue,
  div,
  mul,
  reshape,
  round,
  sub,
  sum,
  tidy,
  transpose,
  type Tensor,
} from "@tensorflow/tfjs-core";
import {
  column,
  InputError,
  isOrdered,
  Normal,
  Quantized,
  sizeOf,
  tensor,
  xFields,
  type Column,
  type DataSpec,
  type Field,
  type Rows,
} from "@gen/core";

/** Where data are noised: rows as tensors of reals and back. */
export interface Space {
  /** The column of the data. */
  readonly name: string;
  /** One row's shape on the engine: images have their channels first. */
  readonly shape: readonly number[];
  /** Whether the data have a density; else they are levels. */
  readonly isContinuous: boolean;
  /** Where all data lie, if they have bounds. */
  readonly range?: readonly [number, number];
  /** float32 [rows, ...shape]. Throws `InputError` on rows without the column, or of another shape. */
  tensor(x: Rows): Tensor;
  /** The column of what lies here. */
  column(x: Tensor): Column;
  /** log p(x | mean), one number per row in nats, for normal noise of a deviation around the mean. */
  logProb(x: Tensor, mean: Tensor, deviation: number): Tensor;
}

/** The space of a specification's one column of numbers or pixels. Throws `InputError` for any other data. */
export function spaceOf(spec: DataSpec): Space {
  const fields = Object.entries(xFields(spec));
  const [first] = fields;
  if (first === undefined || fields.length > 1)
    throw new InputError(
      `Diffusion takes one column of numbers or pixels; these data have: ${fields.map(([name]) => name).join(", ") || "none"}.`,
    );
  const [name, field] = first;
  return field.type === "category" ? levels(spec, name, field) : reals(name, field);
}

function reals(name: string, field: Field): Space {
  const layout = layoutOf(name, field);
  return {
    name,
    shape: layout.shape,
    isContinuous: true,
    tensor: (x) => tidy(() => layout.toEngine(cast(valuesOf(x, name, field), "float32"))),
    column: (x) => layout.column(layout.fromEngine(x)),
    logProb: (x, mean, deviation) => summed(new Normal({ loc: mean, scale: deviation }).logProb(x)),
  };
}

/**
 * Ordered levels evenly on [-1, 1]. p(x | mean) is the normal mass between a level's neighbours, the outermost with
 * the tails (Denoising diffusion probabilistic models, Ho, Jain & Abbeel, 2020, equation 13).
 */
function levels(spec: DataSpec, name: string, field: Extract<Field, { type: "category" }>): Space {
  if (!isOrdered(spec, field) || field.levels < 2)
    throw new InputError(
      `Diffusion takes numbers or ordered levels, and "${name}" is neither: leave it out.`,
    );
  const layout = layoutOf(name, field);
  const half = (field.levels - 1) / 2;
  const levelsOf = (x: Tensor): Tensor => mul(add(x, 1), half);
  return {
    name,
    shape: layout.shape,
    isContinuous: false,
    range: [-1, 1],
    tensor: (x) => tidy(() => layout.toEngine(sub(div(cast(valuesOf(x, name, field), "float32"), half), 1))),
    column: (x) =>
      layout.column(
        tidy(() => cast(round(clipByValue(levelsOf(layout.fromEngine(x)), 0, field.levels - 1)), "int32")),
      ),
    logProb: (x, mean, deviation) =>
      tidy(() => {
        const noise = new Normal({ loc: levelsOf(mean), scale: deviation * half });
        return summed(new Quantized(noise, { low: 0, high: field.levels - 1 }).logProb(round(levelsOf(x))));
      }),
  };
}

const summed = (x: Tensor): Tensor => tidy(() => sum(reshape(x, [x.shape[0], -1]), 1));

/** A column on the engine, of the field's shape. */
function valuesOf(x: Rows, name: string, field: Field): Tensor {
  const shape = field.type === "text" ? [] : field.shape;
  const found = column(x, name);
  if (found.shape.join() === shape.join()) return tensor(found);
  throw new InputError(
    `Column "${name}" has rows of shape [${found.shape.join(", ")}] where [${shape.join(", ")}] is expected.`,
  );
}

interface Layout {
  readonly shape: readonly number[];
  toEngine(x: Tensor): Tensor;
  fromEngine(x: Tensor): Tensor;
  column(data: Tensor): Column;
}

/** Images get their channels first; everything else becomes a vector. */
function layoutOf(name: string, field: Field): Layout {
  if (field.type === "text" || field.sequence === true || field.optional === true)
    throw new InputError(
      `Diffusion takes rows of one shape without gaps: leave out the column "${name}", or cut, pad or fill it.`,
    );
  const own = [...field.shape];
  const made = (data: Tensor): Column => ({ data, shape: own });
  const [height, width, channels] = own;
  if (own.length !== 3)
    return {
      shape: [sizeOf(own)],
      toEngine: (x) => reshape(x, [x.shape[0], sizeOf(own)]),
      fromEngine: (x) => reshape(x, [x.shape[0], ...own]),
      column: made,
    };
  return {
    shape: [channels!, height!, width!],
    toEngine: (x) => transpose(x, [0, 3, 1, 2]),
    fromEngine: (x) => transpose(x, [0, 2, 3, 1]),
    column: made,
  };
}
