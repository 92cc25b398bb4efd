import { has, read } from "@gen/core";
import { isFixed, lineOf } from "../autoregressive/chain.js";
import { ensureSum, stepsOf } from "../autoregressive/density.js";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { conditionOf } from "./condition.js";

export const conditionalChain = ofCapability({
  id: "conditional-chain",
  capability: "conditional",
  why: "Given how a row begins the model is a chain of what follows: log p(x | beginning) is the sum of the later steps.",
  async run(model, subject) {
    const view = model.given(conditionOf(model, await subject.rows(1)));
    if (!has(view, "autoregressive", "density")) return null;
    const x = await subject.x(1);
    const fixed = isFixed(view, x);
    const rest = lineOf(view, x, 0);
    await ensureSum(view, rest, fixed);
    if (!has(model, "autoregressive")) return `${rest.length} symbols`;
    const line = lineOf(model, x, 0);
    ensure(rest.length < line.length, `all ${line.length} symbols follow what was given`);
    const later = (await stepsOf(model, line, fixed)).slice(line.length - rest.length);
    const total = later.reduce((sum, value) => sum + value, 0);
    ensureClose("log p(x | beginning)", await read(view.logProb(x)), [total], 1e-4);
    return `${rest.length} of ${line.length} symbols`;
  },
});
