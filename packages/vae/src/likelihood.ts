import {
  add,
  cast,
  concat,
  exp,
  oneHot,
  reshape,
  scalar,
  slice,
  tidy,
  variable,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  Bernoulli,
  Categorical,
  Independent,
  Normal,
  product,
  tensor,
  xFields,
  type DataSpec,
  type Distribution,
  type HasMean,
  type HasMode,
  type Rows,
} from "@gen/core";
import { fixedField, type FixedField } from "./fixed-field.js";

/** How one column enters the encoder and comes out of the decoder. */
interface Part {
  readonly name: string;
  readonly field: FixedField;
  /** Numbers in the encoder's input and in the decoder's output. */
  readonly width: number;
  /** The logarithm of a Gaussian's deviation, one for the column: learned. */
  readonly logScale?: Variable;
}

/**
 * Keeps a Gaussian's density finite when a column is predicted perfectly: a thousandth of a standardised column's
 * spread, a quarter of the grey level 1/256 of dequantised images.
 */
const leastScale = 1e-3;

/**
 * Where a Gaussian's log-deviation begins. Columns of tables, points and codes are standardised, with deviation 1;
 * dequantised pixels lie in [0, 1) with deviations near exp(-1.5) = 0.22.
 */
const firstLogScale = ({ kind }: DataSpec): number => (kind === "images" ? -1.5 : 0);

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const isMany = (field: FixedField): field is FixedField & { type: "category" } =>
  field.type === "category" && field.levels > 2;

const partWidth = (field: FixedField): number => size(field.shape) * (isMany(field) ? field.levels : 1);

/** Numbers in the encoder's input and in the decoder's output. @throws InputError as `Likelihood` does. */
export const widthOf = (spec: DataSpec): number =>
  Object.entries(xFields(spec)).reduce((sum, [name, field]) => sum + partWidth(fixedField(name, field)), 0);

/**
 * p(x | z) column by column: Gaussian with a learned deviation for reals, Bernoulli for two categories, categorical
 * for more.
 */
export class Likelihood {
  readonly variables: Readonly<Record<string, Variable>>;
  private readonly parts: readonly Part[];

  /** @throws InputError for a column of text or sequences, or one with gaps. */
  constructor(spec: DataSpec) {
    const fields = Object.entries(xFields(spec)).map(([name, field]) => ({
      name,
      field: fixedField(name, field),
    }));
    const newScale = (): Variable => tidy(() => variable(scalar(firstLogScale(spec))));
    this.parts = fields.map(({ name, field }) => ({
      name,
      field,
      width: partWidth(field),
      ...(field.type === "real" ? { logScale: newScale() } : {}),
    }));
    this.variables = Object.fromEntries(
      this.parts.flatMap(({ name, logScale }) => (logScale ? [[`${name}/logScale`, logScale]] : [])),
    );
  }

  /** Rows as the encoder's input, [rows, width] float32. */
  input(x: Rows): Tensor {
    return tidy(() =>
      concat(
        this.parts.map(({ name, field, width }) => {
          const values = tensor(x, name);
          const flat = isMany(field) ? oneHot(cast(values, "int32"), field.levels) : values;
          return cast(reshape(flat, [x.length, width]), "float32");
        }),
        1,
      ),
    );
  }

  /** p(x | z) from the decoder's output [rows, width]. Its parameters are new tensors. */
  distribution(output: Tensor): Distribution<Rows> & HasMode<Rows> & Partial<HasMean<Rows>> {
    let from = 0;
    const columns = this.parts.map((part): [string, Distribution] => {
      const start = from;
      from += part.width;
      return [part.name, columnDistribution(part, output, start)];
    });
    return product(Object.fromEntries(columns));
  }
}

function columnDistribution({ field, width, logScale }: Part, output: Tensor, start: number): Distribution {
  const shape = [output.shape[0], ...field.shape, ...(isMany(field) ? [field.levels] : [])];
  const raw = tidy(() => reshape(slice(output, [0, start], [-1, width]), shape));
  const rank = field.shape.length;
  if (logScale !== undefined) {
    const scale = tidy(() => add(exp(logScale), leastScale));
    return new Independent(new Normal({ loc: raw, scale }), rank);
  }
  if (isMany(field)) return new Independent(new Categorical({ logits: raw }), rank);
  return new Independent(new Bernoulli({ logits: raw }), rank);
}
