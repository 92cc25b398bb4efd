import type { Capability, CapabilityDefinition, Law, Plugin } from "@gen/core";
import { tensorCount } from "@gen/core/backend";
import { ofCapability, type Definition } from "../definition.js";
import { ensureCount } from "../tensors.js";

/** The checks of capabilities that a plugin defines itself, as the package that owns them says. */
export const lawsOf = ({ defines = {} }: Plugin): readonly Definition[] =>
  Object.entries(defines).flatMap(([name, definition]) =>
    ((definition as CapabilityDefinition).laws ?? []).map((law) => ofLaw(name as Capability, law)),
  );

const ofLaw = (capability: Capability, { id, why, check }: Law): Definition =>
  ofCapability({
    id: `${capability}-${id}`,
    capability,
    why,
    async run(model, subject) {
      const x = await subject.x();
      const before = tensorCount();
      await check(model, x, subject.key.fold("laws").fold(id));
      ensureCount("its check", before);
      return undefined;
    },
  });
