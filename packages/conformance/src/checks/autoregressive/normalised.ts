import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { logSumExp } from "../../numbers/mean.js";
import { followedOf, walk } from "./chain.js";

export const autoregressiveNormalised = ofCapability({
  id: "autoregressive-normalised",
  capability: "autoregressive",
  why: "The probabilities of the next symbol sum to 1 at every position.",
  async run(model, subject) {
    const line = followedOf(model, await subject.x(), 0);
    const steps = await walk(model, line);
    for (const next of steps)
      ensure(
        next.length === model.alphabet.levels,
        `there are ${next.length} probabilities for ${model.alphabet.levels} symbols`,
      );
    ensureClose("log Σ p(next symbol)", steps.map(logSumExp), new Float64Array(steps.length), 1e-4);
    return `${steps.length} positions`;
  },
});
