import { specFromJson, specToJson } from "../spec-json.js";
import type { JsonObject } from "../json.js";
import type { DataSpec, Encoding } from "../types.js";

/** The encoding that does nothing. */
export const identity = (spec: DataSpec): Encoding => ({
  id: "identity",
  from: spec,
  to: spec,
  fidelity: "exact",
  stochastic: false,
  encode: (x) => x,
  decode: (z) => z,
  logDet: (x) => new Float64Array(x.length),
  toJSON: () => ({ id: "identity", from: specToJson(spec) }),
});

export const identityFromJson = ({ from }: JsonObject): Encoding => identity(specFromJson(from));
