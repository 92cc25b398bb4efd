import type { Capability, Law, Plugin } from "@gen/core";
import { tensorCount } from "@gen/core/backend";
import { ofCapability, type Definition } from "../definition.js";
import { ensureCount } from "../tensors.js";

/** The checks of capabilities that a plugin defines itself, as the package that owns them says. */
export const lawsOf = ({ defines = {} }: Plugin): readonly Definition[] =>
  Object.entries(defines).flatMap(([name, definition]) =>
    (definition.laws ?? []).map((law) => ofLaw(name as Capability, law)),
  );

const ofLaw = (capability: Capability, law: Law): Definition =>
  ofCapability({
    id: `${capability}-${law.id}`,
    capability,
    why: law.why,
    async run(model, subject) {
      const x = await subject.x();
      const before = tensorCount();
      await law.check(model, x, subject.key.fold("laws").fold(law.id));
      ensureCount("its check", before);
      return undefined;
    },
  });
