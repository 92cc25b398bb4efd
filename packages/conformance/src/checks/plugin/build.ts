import { instantiate, validate } from "@gen/core";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";
import { notPlain } from "../../plain.js";

export const build = ofPlugin({
  id: "build",
  why: "A model can be built with the default settings, and its settings and encoding survive JSON.",
  async run({ plugin, data, key }) {
    const model = await instantiate(plugin, { data, key: key.fold("default") });
    try {
      const problems = [
        ...notPlain(model.config, "config"),
        ...notPlain(model.encoding.toJSON(), "encoding"),
      ];
      ensure(problems.length === 0, problems.join("; "));
      const again = validate(plugin.manifest.model, { ...model.config }, "config");
      const [before, after] = [JSON.stringify(model.config), JSON.stringify(again)];
      ensure(before === after, `the configuration ${before} comes back from its schema as ${after}`);
      model.trainer()[Symbol.dispose]();
      return before;
    } finally {
      model[Symbol.dispose]();
    }
  },
});
