import { InputError } from "../../errors.js";
import { float64 } from "../../math/index.js";
import { chunks } from "../chunks.js";
import { numberFrom, textFrom, type JsonObject } from "../json.js";
import { besideX, xFields } from "../spec.js";
import { specFromJson, specToJson } from "../spec-json.js";
import type { Column, Dataset, DataSpec, Encoding, Rows } from "../types.js";
import { float64FromText, float64ToText } from "./base64.js";
import { noLogDet, numericColumn } from "./columns.js";
import { flatten, unflatten, widthOf } from "./flatten.js";
import { Scatter } from "./scatter.js";

const loses = "principal components keep only the directions of largest variance";

/** The field that holds the coordinates. */
const code = "code";

interface Basis {
  readonly mean: Float64Array;
  /** [components, elements], orthonormal rows, the largest variance first. */
  readonly directions: Float64Array;
  /** What a coordinate is divided by: the direction's deviation when whitened, else 1. */
  readonly deviations: Float64Array;
}

/**
 * The coordinates of all x fields, side by side, along the directions of largest variance:
 * z = V (x - mean), divided by the directions' deviations (n - 1 in the variance) when whitened, as one real field
 * "code" of that many components. Decoding gives x = mean + V' z, categories rounded to the nearest level. Labels
 * and weights pass through. Each direction's largest entry in magnitude is positive.
 *
 * Throws `InputError` on text or ragged x, on missing values, when there are not that many directions, and when
 * whitening meets one without variance.
 * Source: On lines and planes of closest fit to systems of points in space (Pearson, 1901).
 */
export async function pca(
  data: Dataset,
  options: { readonly components: number; readonly whiten?: boolean },
): Promise<Encoding> {
  const { components, whiten = false } = options;
  const width = widthOf(data.spec);
  const most = Math.min(width, data.length);
  if (!Number.isInteger(components) || components < 1 || components > most || data.length < 2) {
    throw new InputError(
      `pca: ${components} components can't be had of ${data.length} rows with ${width} elements; give a whole number from 1 to ${most}, and at least 2 rows.`,
    );
  }
  const scatter = new Scatter(width);
  for await (const rows of chunks(data)) scatter.add(flatten(data.spec, rows), rows.length);
  const { values, vectors } = float64.symmetricEigen(scatter.products, width);
  const directions = vectors.slice(0, components * width);
  for (let k = 0; k < components; k++) turn(directions.subarray(k * width, (k + 1) * width));
  const deviations = Float64Array.from(values.subarray(0, components), (value) =>
    Math.sqrt(Math.max(value, 0) / (data.length - 1)),
  );
  // Guard: relative to the largest, this little variance is rounding.
  const varying = deviations.findIndex((deviation) => !(deviation > deviations[0]! * 1e-7));
  if (whiten && varying !== -1)
    throw new InputError(
      `pca: the data vary in only ${varying} directions; whiten at most that many components.`,
    );
  return fromBasis(data.spec, {
    mean: scatter.mean,
    directions,
    deviations: whiten ? deviations : deviations.fill(1),
  });
}

export function pcaFromJson(json: JsonObject): Encoding {
  const spec = specFromJson(json.from);
  const components = numberFrom(json.components, `encoding "pca"`);
  const [mean, directions, deviations] = [json.mean, json.directions, json.deviations].map((text) =>
    float64FromText(textFrom(text, `encoding "pca"`)),
  ) as [Float64Array, Float64Array, Float64Array];
  const width = widthOf(spec);
  const fits =
    mean.length === width && directions.length === width * components && deviations.length === components;
  if (!fits || components < 1)
    throw new InputError(
      `The file's encoding "pca" does not fit its fields; the file is damaged or of another version.`,
    );
  return fromBasis(spec, { mean, directions, deviations });
}

function fromBasis(spec: DataSpec, basis: Basis): Encoding {
  const { mean, directions, deviations } = basis;
  const beside = besideX(spec);
  if (Object.hasOwn(beside, code))
    throw new InputError(`pca: the field "${code}" beside x has the name of the coordinates; rename it.`);
  const xNames = Object.keys(xFields(spec));
  return {
    id: "pca",
    from: spec,
    to: { kind: "codes", fields: { [code]: { type: "real", shape: [deviations.length] }, ...beside } },
    fidelity: "lossy",
    stochastic: false,
    loses,
    encode: (x) => {
      if (!xNames.some((name) => Object.hasOwn(x.columns, name))) return x;
      const flat = flatten(spec, x);
      return replaced(x, xNames, {
        [code]: { data: project(flat, x.length, basis), shape: [deviations.length] },
      });
    },
    decode: (z) => {
      if (!Object.hasOwn(z.columns, code)) return z;
      return replaced(
        z,
        [code],
        unflatten(spec, reconstruct(numericColumn(z, code).data, z.length, basis), z.length),
      );
    },
    logDet: () => noLogDet("pca", loses),
    toJSON: () => ({
      id: "pca",
      from: specToJson(spec),
      components: deviations.length,
      mean: float64ToText(mean),
      directions: float64ToText(directions),
      deviations: float64ToText(deviations),
    }),
  };
}

const replaced = (x: Rows, gone: readonly string[], columns: Readonly<Record<string, Column>>): Rows => ({
  length: x.length,
  columns: {
    ...columns,
    ...Object.fromEntries(Object.entries(x.columns).filter(([name]) => !gone.includes(name))),
  },
});

function project(flat: Float64Array, rows: number, { mean, directions, deviations }: Basis): Float64Array {
  const width = mean.length;
  const components = deviations.length;
  const out = new Float64Array(rows * components);
  const centred = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) centred[i] = flat[row * width + i]! - mean[i]!;
    for (let k = 0; k < components; k++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += directions[k * width + i]! * centred[i]!;
      out[row * components + k] = sum / deviations[k]!;
    }
  }
  return out;
}

function reconstruct(
  z: ArrayLike<number>,
  rows: number,
  { mean, directions, deviations }: Basis,
): Float64Array {
  const width = mean.length;
  const components = deviations.length;
  const out = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const x = out.subarray(row * width, (row + 1) * width);
    x.set(mean);
    for (let k = 0; k < components; k++) {
      const coordinate = z[row * components + k]! * deviations[k]!;
      for (let i = 0; i < width; i++) x[i]! += coordinate * directions[k * width + i]!;
    }
  }
  return out;
}

/** Makes the entry of largest magnitude positive: an eigenvector's sign is arbitrary. */
function turn(direction: Float64Array): void {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  if (largest < 0) for (let i = 0; i < direction.length; i++) direction[i]! *= -1;
}
