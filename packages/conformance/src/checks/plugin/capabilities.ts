import {
  demand,
  has,
  MissingCapabilityError,
  type AnyInstance,
  type Capability,
  type Plugin,
} from "@gen/core";
import { knownCapabilities, membersIn } from "../../capability-names.js";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";

export const capabilities = ofPlugin({
  id: "capabilities",
  why: "A model has the members of the capabilities that it names and no others, names all that the manifest promises and none that it does not mention, and a demand for another names it.",
  async run(subject) {
    const { plugin } = subject;
    const model = await subject.build();
    try {
      const { capabilities: always, sometimes = {} } = plugin.manifest;
      for (const capability of always)
        ensure(
          model.capabilities.has(capability),
          `the model lacks "${capability}", which the manifest promises`,
        );
      for (const capability of knownCapabilities(plugin)) {
        if (model.capabilities.has(capability)) {
          const declared = always.includes(capability) || capability in sometimes;
          ensure(declared, `the model has "${capability}", which the manifest does not mention`);
          ensurePresent(plugin, model, capability);
        } else ensureAbsent(plugin, model, capability);
      }
      return [...model.capabilities].sort().join(", ");
    } finally {
      model[Symbol.dispose]();
    }
  },
});

function ensurePresent(plugin: Plugin, model: AnyInstance, capability: Capability): void {
  const missing = membersIn(plugin, capability).filter((member) => !(member in model));
  ensure(missing.length === 0, `the model names "${capability}" but has no ${missing.join(", ")}`);
}

function ensureAbsent(plugin: Plugin, model: AnyInstance, capability: Capability): void {
  const shared = new Set([...model.capabilities].flatMap((held) => membersIn(plugin, held)));
  const extra = membersIn(plugin, capability).filter((member) => member in model && !shared.has(member));
  ensure(extra.length === 0, `the model does not name "${capability}" but has ${extra.join(", ")}`);
  ensure(!has(model, capability), `the model does not name "${capability}" but has() says that it has it`);
  let message = "";
  try {
    demand(model, capability);
  } catch (error) {
    ensure(error instanceof MissingCapabilityError, `demand("${capability}") threw ${String(error)}`);
    message = error.message;
  }
  ensure(message.includes(`"${capability}"`), `demand("${capability}") does not name it: "${message}"`);
}
