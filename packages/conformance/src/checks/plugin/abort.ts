import { tensorCount } from "@gen/core/backend";
import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureCount } from "../../tensors.js";

export const abort = ofPlugin({
  id: "abort",
  why: "An abort signal ends training within one step, and leaves nothing behind.",
  async run(subject) {
    const before = tensorCount();
    const model = await subject.build();
    const trainer = subject.trainer(model);
    const controller = new AbortController();
    try {
      let [steps, reason] = [0, "nothing"];
      for await (const event of subject.fit(model, trainer, { signal: controller.signal })) {
        if (event.type === "step") steps++;
        if (event.type === "end") reason = event.reason;
        controller.abort();
      }
      ensure(steps <= 1, `${steps} steps were taken, the abort was at the first`);
      ensure(["aborted", "complete", "converged"].includes(reason), `training ended by "${reason}"`);
    } finally {
      trainer[Symbol.dispose]();
      model[Symbol.dispose]();
    }
    ensureCount("an aborted training", before);
    return undefined;
  },
});
