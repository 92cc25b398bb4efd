import { adapt, selectFields, type Adapted, type Dataset, type DataSpec } from "@gen/core";
import { isInputError } from "@gen/core/manifest";
import type { Misfit } from "../engine/protocol.js";

/** Data that a model is shown, as far as it knows them. */
export interface Known {
  /** With the model's numbers for named levels, and without labels where it knows others; absent where nothing fits. */
  readonly data?: Dataset;
  /** The fields of x as they were given, where the model doesn't know some of their values. */
  readonly asGiven?: Dataset;
  readonly misfit?: Misfit;
}

/** Data as a model of this specification knows them, and what it does not know of them. */
export async function known(given: Dataset, spec: DataSpec): Promise<Known> {
  const all = await fitted(given, only(spec, ["x", "y"]));
  if (typeof all !== "string") return knownOf(given, all, {});
  const x = await fitted(given, only(spec, ["x"]));
  return typeof x === "string" ? { misfit: { data: x } } : knownOf(given, x, { labels: all });
}

function knownOf(given: Dataset, { dataset: data, unknown }: Adapted, why: Misfit): Known {
  const isUnknown = Object.keys(unknown).length > 0;
  const misfit = { ...why, ...(isUnknown && { unknown }) };
  return {
    data,
    ...(isUnknown && { asGiven: asX(given, Object.keys(only(data.spec, ["x"]).fields)) }),
    ...(Object.keys(misfit).length > 0 && { misfit }),
  };
}

/** The data as a specification numbers them, or the sentence that says why they don't fit it. */
async function fitted(given: Dataset, spec: DataSpec): Promise<Adapted | string> {
  try {
    return await adapt(given, spec);
  } catch (error) {
    if (isInputError(error)) return error.message;
    throw error;
  }
}

const only = ({ kind, fields }: DataSpec, roles: readonly string[]): DataSpec => ({
  kind,
  fields: Object.fromEntries(Object.entries(fields).filter(([, { role = "x" }]) => roles.includes(role))),
});

/** Some fields of data as fields of x, whatever they are in the data. */
function asX(given: Dataset, names: readonly string[]): Dataset {
  const kept = selectFields(given, names);
  const fields = Object.entries(kept.spec.fields).map(([name, field]) => [name, { ...field, role: "x" }]);
  return {
    ...kept,
    spec: { kind: kept.spec.kind, fields: Object.fromEntries(fields) as DataSpec["fields"] },
  };
}
