import { demand, has, read, rows, yField } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";

export const conditionalJoint = ofCapability({
  id: "conditional-joint",
  capability: "conditional",
  why: "p(x, y) is p(y) p(x | y), with class probabilities p(y) that do not depend on x and sum to 1.",
  async run(model, subject) {
    const label = yField(subject.data.spec)?.name;
    if (!has(model, "joint") || label === undefined || !(label in model.condition.fields)) return null;
    const x = await subject.x();
    const { classes } = demand(model, "joint");
    const logJoint = await read(demand(model, "joint").logJoint(x));
    let total = 0;
    for (let c = 0; c < classes.length; c++) {
      const view = demand(model, "conditional").given(rows({ [label]: Int32Array.of(c) }));
      if (!has(view, "density")) return null;
      const given = await read(view.logProb(x));
      const logPrior = given.map((value, row) => logJoint[row * classes.length + c]! - value);
      const first = new Float64Array(x.length).fill(logPrior[0]!);
      ensureClose(`log p(x, y) - log p(x | y) of class "${classes[c]!}"`, logPrior, first, 1e-4);
      total += Math.exp(logPrior[0]!);
    }
    ensure(Math.abs(total - 1) <= 1e-4, `the classes' probabilities sum to ${total}`);
    return `${classes.length} classes`;
  },
});
