import type { Tensor } from "@tensorflow/tfjs-core";
import type { Key } from "../random/types.js";
import type { Json, Shape, Values } from "../types.js";

/**
 * What one column of the data is. `shape` is one row's; with `sequence` rows have unequal lengths and `shape`
 * is one element's. `role: "y"` marks a label or target, `"weight"` how much each row counts in training (a real number
 * of at least 0, which may be left out where nothing is learned); everything else is x.
 */
export type Field = {
  readonly role?: "x" | "y" | "weight";
  readonly sequence?: boolean;
  readonly optional?: boolean;
} & (
  | {
      /** Reference measure: Lebesgue, in these units. */
      readonly type: "real";
      readonly shape: Shape;
    }
  | {
      /** Reference measure: counting. 8-bit images are categories of 256 ordered levels. */
      readonly type: "category";
      readonly shape: Shape;
      readonly levels: number;
      readonly names?: readonly string[];
      readonly ordered?: boolean;
    }
  | { readonly type: "text" }
);

export type DataKind = "points" | "table" | "images" | "text" | "sequences" | "codes";

export interface DataSpec {
  readonly kind: DataKind;
  readonly fields: Readonly<Record<string, Field>>;
}

export type ColumnData = Float64Array | Float32Array | Int32Array | Uint8Array | readonly string[] | Tensor;

/**
 * One named column, row-major, in JavaScript or on the engine. Missing: NaN in reals, -1 in categories.
 * A ragged column has `lengths`; its JavaScript data are concatenated, on the engine they are padded.
 */
export interface Column {
  readonly data: ColumnData;
  /** One row's shape (one element's, when ragged); [] for scalars and strings. */
  readonly shape: Shape;
  readonly lengths?: Int32Array;
}

/** The one carrier of data: named columns of equal length. */
export interface Rows {
  readonly length: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Random access, so that the order of batches is a function of (seed, step). */
export interface Dataset {
  readonly spec: DataSpec;
  readonly length: number;
  /** Whether rows are read when they are taken, at once: training doesn't hold them then. */
  readonly isStreamed?: boolean;
  /** Rows in JavaScript arrays. The key is for views that draw (binarisation): the same key, the same rows. */
  take(indices: Int32Array, key?: Key): Rows | Promise<Rows>;
}

/**
 * A map from the data's space to a model's: standardise, one-hot, tokenise, dequantise, a frozen first stage.
 * Works on JavaScript arrays, column by column, and leaves alone columns that it does not know or that are
 * absent, so that it serves conditions as well as whole rows.
 */
export interface Encoding {
  /** Names the kind of encoding in a file. */
  readonly id: string;
  readonly from: DataSpec;
  readonly to: DataSpec;
  /** exact: invertible, with a Jacobian. bound: densities become lower bounds. lossy: no density is left. */
  readonly fidelity: "exact" | "bound" | "lossy";
  /** Whether `encode` draws: then it needs a key. */
  readonly stochastic: boolean;
  /** What a lossy encoding loses, in a few words for an error message. */
  readonly loses?: string;
  encode(x: Rows, key?: Key): Rows;
  decode(z: Rows): Rows;
  /** log |det dz/dx| of each row, in nats: add it to a density of z. */
  logDet(x: Rows, z: Rows): Values;
  toJSON(): Json;
  /** The steps of a composed encoding, first to last. */
  readonly parts?: readonly Encoding[];
}
