import { has, sample } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureNoLeak, ensureThrows } from "../../tensors.js";
import { shortDraw } from "../../short-draw.js";
import { conditionOf } from "./condition.js";

export const conditionalLeaks = ofCapability({
  id: "conditional-leaks",
  capability: "conditional",
  why: "A condition leaves no tensor behind, also when it is refused for want of its columns.",
  async run(model, subject) {
    const condition = conditionOf(model, await subject.rows(1));
    await ensureNoLeak("given", () => {
      model.given(condition);
    });
    const view = model.given(condition);
    const draw = has(view, "sample") ? shortDraw(view, subject.key.fold("leaks"), 3) : undefined;
    if (has(view, "sample") && draw) await ensureNoLeak("a draw given a condition", () => sample(view, draw));
    await ensureThrows("a condition without its columns", () => {
      model.given({ length: 1, columns: {} });
    });
    return undefined;
  },
});
