import { MissingCapabilityError } from "../errors.js";
import { membersOf } from "./members.js";
import type { Capability, Capable } from "./types.js";

const can = (model: Capable, capability: Capability): boolean =>
  model.capabilities.has(capability) && membersOf(capability).every((member) => member in model);

/** Whether the model has all these capabilities: narrows the type and checks at run time. */
export function has<const C extends Capability>(
  model: Capable,
  ...capabilities: readonly C[]
): model is Capable<C> {
  return capabilities.every((capability) => can(model, capability));
}

/**
 * The model, typed with these capabilities.
 * @throws MissingCapabilityError that names what is missing, why if known, and what the model does have.
 */
export function demand<const C extends Capability>(
  model: Capable,
  ...capabilities: readonly C[]
): Capable<C> {
  if (has(model, ...capabilities)) return model;
  const missing = capabilities.filter((capability) => !can(model, capability));
  const reasons = missing.map((capability) => {
    const why = model.absent?.[capability];
    return why === undefined ? `"${capability}"` : `"${capability}" (${why})`;
  });
  const there = [...model.capabilities].filter((capability) => can(model, capability)).sort();
  throw new MissingCapabilityError(
    `This model has no ${reasons.join(" and no ")}; it has: ${there.join(", ") || "no capability"}.`,
  );
}
