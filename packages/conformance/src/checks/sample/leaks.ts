import { sample, trace } from "@gen/core";
import { collected } from "../../collected.js";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureNoLeak, ensureThrows } from "../../tensors.js";
import { shortDraw } from "../../short-draw.js";

export const sampleLeaks = ofCapability({
  id: "sample-leaks",
  capability: "sample",
  why: "Sampling leaves no tensor behind, also when it is aborted or a trace is broken off.",
  async run(model, { key }) {
    const draw = shortDraw(model, key.fold("leaks"), 4);
    await ensureNoLeak("sample", () => sample(model, draw));
    await ensureNoLeak("a trace", () => collected(trace(model, { ...draw, candidates: 2 })));
    await ensureNoLeak("a trace that was broken off", async () => {
      for await (const frame of trace(model, draw)) if (frame.step === 1) break;
    });
    const aborted = AbortSignal.abort(new Error("enough"));
    const error = await ensureThrows("an aborted draw", () => sample(model, { ...draw, signal: aborted }));
    ensure(error === aborted.reason, `an aborted draw threw ${String(error)}, not the signal's reason`);
    return undefined;
  },
});
