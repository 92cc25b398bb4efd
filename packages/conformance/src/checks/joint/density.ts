import { has, read } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { logSumExp } from "../../numbers/mean.js";

export const jointDensity = ofCapability({
  id: "joint-density",
  capability: "joint",
  why: "p(x) is the sum of p(x, y) over the classes, where the model has both.",
  async run(model, subject) {
    if (!has(model, "density")) return null;
    const x = await subject.x();
    const classes = model.classes.length;
    const logJoint = await read(model.logJoint(x));
    const summed = Float64Array.from({ length: x.length }, (_, row) =>
      logSumExp(logJoint.subarray(row * classes, (row + 1) * classes)),
    );
    ensureClose("log p(x), beside the sum over classes,", await read(model.logProb(x)), summed, 1e-4);
    return undefined;
  },
});
