import { read } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose } from "../../numbers/compare.js";
import { logSumExp } from "../../numbers/mean.js";
import { ensureClasses } from "./classes.js";

export const classifierNormalised = ofCapability({
  id: "classifier-normalised",
  capability: "classifier",
  why: "p(y | x) has a number for each row and class and sums to 1 over the classes.",
  async run(model, subject) {
    const x = await subject.x();
    const classes = ensureClasses(model.classes, subject.data.spec);
    const values = await read(model.logPosterior(x));
    ensure(values.length === x.length * classes, `${x.length} rows have ${values.length} numbers`);
    const sums = Float64Array.from({ length: x.length }, (_, row) =>
      logSumExp(values.subarray(row * classes, (row + 1) * classes)),
    );
    ensureClose("log Σ p(y | x)", sums, new Float64Array(x.length), 1e-5);
    return `${classes} classes`;
  },
});
