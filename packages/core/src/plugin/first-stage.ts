import type { Capable } from "../capabilities/types.js";
import { besideX, sameSpec, throughCodec, xFields } from "../data/index.js";
import type { DataSpec, Encoding } from "../data/types.js";
import { InputError } from "../errors.js";
import { checkFields, takenSpec } from "./check-data.js";
import type { Manifest, Model, Parts } from "./types.js";

/** A frozen first stage: a trained model that can encode, or an encoding (a fitted PCA). */
export type FirstStage = (Model<"codec"> & Parts) | Encoding;

export const isModel = (first: FirstStage): first is Model<"codec"> & Parts => "capabilities" in first;

/**
 * The encoding of a first stage to what a plugin takes. A model's codes go with the data's labels whether it knows
 * them or not; an encoding was fitted on data with labels or without, and must agree with the plugin.
 * Throws `InputError` when the data, the first stage and the plugin don't fit together.
 */
export function firstEncoding(first: FirstStage, manifest: Manifest, data: DataSpec): Encoding {
  const where = "The first stage was made for other data";
  if (isModel(first)) {
    checkFields({ kind: data.kind, fields: xFields(first.spec) }, data, where);
    const taken = takenSpec(manifest, {
      kind: first.codes.kind,
      fields: { ...first.codes.fields, ...besideX(data) },
    });
    return throughCodec(withLabels(first, taken));
  }
  checkFields(first.from, data, where);
  if (!sameSpec(takenSpec(manifest, first.to), takenSpec(allTaken(manifest), first.to))) {
    throw new InputError(
      `The first stage keeps labels, which ${manifest.id} does not use; fit it on the data without them.`,
    );
  }
  return first;
}

/** The manifest as one that uses labels wherever there are some. */
const allTaken = (manifest: Manifest): Manifest => ({
  ...manifest,
  data: manifest.data.map((rule) => ({ ...rule, y: "optional" })),
});

/** The codec with the labels of a specification beside its own fields. */
export const withLabels = (model: Capable<"codec">, labelled: DataSpec): Capable<"codec"> => ({
  spec: { kind: model.spec.kind, fields: { ...xFields(model.spec), ...besideX(labelled) } },
  capabilities: model.capabilities,
  codes: model.codes,
  compress: (x) => model.compress(x),
  reconstruct: (z) => model.reconstruct(z),
});
