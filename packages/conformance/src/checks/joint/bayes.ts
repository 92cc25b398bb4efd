import { posterior, read } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClasses } from "../classifier/classes.js";
import { ensureClose, ensureFinite } from "../../numbers/compare.js";

export const jointBayes = ofCapability({
  id: "joint-bayes",
  capability: "joint",
  why: "log p(x, y) is a finite number for each row and class, and the posterior is p(x, y) / Σ p(x, y'), summing to 1.",
  async run(model, subject) {
    const x = await subject.x();
    const classes = ensureClasses(model.classes, subject.data.spec);
    const logJoint = await read(model.logJoint(x));
    ensureFinite("log p(x, y)", logJoint);
    const logPosterior = await read(posterior(model, x));
    for (let row = 0; row < x.length; row++) {
      const own = logJoint.subarray(row * classes, (row + 1) * classes);
      const largest = Math.max(...own);
      const joint = own.map((value) => Math.exp(value - largest));
      const total = joint.reduce((sum, p) => sum + p, 0);
      const found = logPosterior.subarray(row * classes, (row + 1) * classes).map(Math.exp);
      ensureClose(
        `p(y | x) of row ${row + 1}`,
        found,
        joint.map((p) => p / total),
        1e-5,
      );
      ensureClose(`Σ p(y | x) of row ${row + 1}`, [found.reduce((sum, p) => sum + p, 0)], [1], 1e-5);
    }
    return `${classes} classes`;
  },
});
