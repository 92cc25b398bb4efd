import { specFromJson, specToJson, weightField } from "../data/index.js";
import type { DataSpec, Field } from "../data/types.js";
import { InputError } from "../errors.js";
import type { Manifest } from "./types.js";

/** Checks that data have the fields that are needed, of the same type and shape. Throws `InputError` naming the field. */
export function checkFields(needed: DataSpec, given: DataSpec, where: string): void {
  for (const [name, field] of Object.entries(needed.fields)) {
    const other = Object.hasOwn(given.fields, name) ? given.fields[name] : undefined;
    if (other === undefined) {
      if (field.optional === true || field.role === "weight") continue;
      const there = Object.keys(given.fields).join(", ");
      throw new InputError(`${where}: it needs the field "${name}", and the data have ${there || "none"}.`);
    }
    if (described(field) !== described(other)) {
      throw new InputError(
        `${where}: the field "${name}" must be ${described(field)}, but is ${described(other)}.`,
      );
    }
  }
}

function described(field: Field): string {
  const sequence = field.sequence === true ? "a sequence of " : "";
  switch (field.type) {
    case "text":
      return "text";
    case "real":
      return `${sequence}real of shape [${field.shape.join(", ")}]`;
    case "category":
      return `${sequence}category of ${field.levels} levels and shape [${field.shape.join(", ")}]`;
  }
}

/**
 * The part of a data specification that a plugin takes: labels are left out when it uses none, and fields of x may
 * have gaps only where it says so (`wholeRows` refuses those that there are).
 * Throws `InputError` when it doesn't take the kind of data, or needs labels and there are none.
 */
export function takenSpec(manifest: Manifest, spec: DataSpec): DataSpec {
  const rule = manifest.data.find(({ kind }) => kind === spec.kind);
  if (rule === undefined) {
    const kinds = manifest.data.map(({ kind }) => kind).join(", ");
    throw new InputError(`${manifest.id} does not take data of the kind "${spec.kind}"; it takes: ${kinds}.`);
  }
  const labelled = Object.values(spec.fields).some(({ role }) => role === "y");
  if (rule.y === "required" && !labelled) {
    throw new InputError(
      `${manifest.id} learns from labels, and these data have none; give one field the role "y".`,
    );
  }
  const weight = rule.weights === true ? undefined : weightField(spec);
  if (weight !== undefined)
    throw new InputError(`${manifest.id} can't weigh rows: leave out the field "${weight}" of role weight.`);
  const fields = Object.entries(spec.fields)
    .filter(([, { role }]) => rule.y !== "none" || role !== "y")
    .map(([name, field]) => [name, rule.gaps === true ? field : whole(field)] as const);
  if (!fields.some(([, { role = "x" }]) => role === "x"))
    throw new InputError(`The data have no field but labels; ${manifest.id} needs one.`);
  // Through JSON and back, so that a saved model and its loaded copy write their fields' properties in the same order.
  return specFromJson(specToJson({ kind: spec.kind, fields: Object.fromEntries(fields) }));
}

/** The field as one without gaps; labels may always have them. */
const whole = (field: Field): Field =>
  field.role === "y" || field.optional !== true ? field : { ...field, optional: false };
