import { tensorCount } from "@gen/core/backend";
import { collected } from "../../collected.js";
import { ofPlugin } from "../../definition.js";
import { ensureCount } from "../../tensors.js";

export const disposal = ofPlugin({
  id: "disposal",
  why: "Disposing a model and its trainer frees all that they held, and a second time does nothing.",
  async run(subject) {
    await subject.trainedOnce();
    const before = tensorCount();
    const model = await subject.build();
    const trainer = subject.trainer(model);
    try {
      await collected(subject.fit(model, trainer, { steps: 2 }));
    } finally {
      trainer[Symbol.dispose]();
      model[Symbol.dispose]();
    }
    ensureCount("a disposed model and trainer", before);
    trainer[Symbol.dispose]();
    model[Symbol.dispose]();
    ensureCount("a second disposal", before);
    return undefined;
  },
});
