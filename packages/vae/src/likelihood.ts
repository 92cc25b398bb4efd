import {
  cast,
  concat,
  oneHot,
  reshape,
  tidy,
  exp,
  add,
  slice,
  variable,
  scalar,
  type Tensor,
  type Variable,
} from "@tensorflow/tfjs-core";
import {
  Bernoulli,
  Categorical,
  Independent,
  InputError,
  Normal,
  product,
  tensor,
  xFields,
  type DataSpec,
  type Distribution,
  type Field,
  type HasMean,
  type HasMode,
  type Rows,
} from "@gen/core";

/** How one column enters the encoder and comes out of the decoder. */
interface Part {
  readonly name: string;
  readonly field: Exclude<Field, { type: "text" }>;
  /** Numbers in the encoder's input and in the decoder's output. */
  readonly width: number;
  /** The logarithm of a Gaussian's deviation, one for the column: learned. */
  readonly logScale?: Variable;
}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * p(x | z) column by column: Gaussian with a learned deviation for reals, Bernoulli for two categories, categorical
 * for more.
 */
export class Likelihood {
  readonly variables: Readonly<Record<string, Variable>>;
  readonly width: number;
  private readonly parts: readonly Part[];

  constructor(spec: DataSpec) {
    this.parts = Object.entries(xFields(spec)).map(([name, field]) => {
      if (field.type === "text")
        throw new InputError(`A variational auto-encoder takes no text: leave out the column "${name}".`);
      const each = field.type === "category" && field.levels > 2 ? field.levels : 1;
      const width = size(field.shape) * each;
      return field.type === "real"
        ? { name, field, width, logScale: tidy(() => variable(scalar(spec.kind === "images" ? -1.5 : 0))) }
        : { name, field, width };
    });
    this.width = this.parts.reduce((sum, part) => sum + part.width, 0);
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
          const many = field.type === "category" && field.levels > 2;
          const flat = many ? oneHot(cast(values, "int32"), field.levels) : values;
          return cast(reshape(flat, [x.length, width]), "float32");
        }),
        1,
      ),
    );
  }

  /** p(x | z) from the decoder's output [rows, width]. */
  distribution(output: Tensor): Distribution<Rows> & HasMode<Rows> & Partial<HasMean<Rows>> {
    let from = 0;
    const columns = this.parts.map((part) => {
      const start = from;
      from += part.width;
      const raw = slice(output, [0, start], [-1, part.width]);
      return [part.name, columnDistribution(part, raw)] as const;
    });
    return product(Object.fromEntries(columns));
  }
}

/** Keeps a Gaussian's density finite when a column is predicted perfectly. */
const leastScale = 1e-3;

function columnDistribution({ field, logScale }: Part, raw: Tensor): Distribution {
  const rows = raw.shape[0]!;
  const rank = field.shape.length;
  if (field.type === "real") {
    const loc = reshape(raw, [rows, ...field.shape]);
    return new Independent(new Normal({ loc, scale: add(exp(logScale!), leastScale) }), rank);
  }
  if (field.levels > 2)
    return new Independent(
      new Categorical({ logits: reshape(raw, [rows, ...field.shape, field.levels]) }),
      rank,
    );
  return new Independent(new Bernoulli({ logits: reshape(raw, [rows, ...field.shape]) }), rank);
}
