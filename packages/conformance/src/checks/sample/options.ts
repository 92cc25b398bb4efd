import { sample } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureRefuses } from "../../tensors.js";

export const sampleOptions = ofCapability({
  id: "sample-options",
  capability: "sample",
  why: "The manifest's sampling settings are the protocol's options, and an unknown option or a count of 0 is refused.",
  async run(model, { plugin, key }) {
    const [said, is] = [JSON.stringify(plugin.manifest.sampling), JSON.stringify(model.protocol.options)];
    ensure(said === is, `the manifest's sampling is ${said}, the protocol's options are ${is}`);
    await ensureRefuses("an unknown sampling option", () =>
      sample(model, { key, count: 1, options: { "no-such-option": 1 } }),
    );
    await ensureRefuses("a count of 0", () => sample(model, { key, count: 0 }));
    return undefined;
  },
});
