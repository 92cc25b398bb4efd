import { logSoftmax, tidy } from "../backend/engine.js";
import { read } from "../data/index.js";
import type { Rows } from "../data/types.js";
import type { Values } from "../types.js";
import { has } from "./has.js";
import type { Capable, Classifier, Joint } from "./types.js";

/** log p(y | x) by Bayes' rule: log p(x, y) - log sum_y' p(x, y'). Shape [rows, classes], in nats. */
export function posterior(model: Joint, x: Rows): Values {
  const logJoint = model.logJoint(x);
  if (!(logJoint instanceof Float64Array)) {
    const result = tidy(() => logSoftmax(logJoint, -1));
    logJoint.dispose();
    return result;
  }
  const width = model.classes.length;
  const result = new Float64Array(logJoint.length);
  for (let start = 0; start < logJoint.length; start += width) {
    const row = logJoint.subarray(start, start + width);
    const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    // Every class impossible: nothing is known, so the posterior is uniform.
    if (largest === -Infinity) result.fill(-Math.log(width), start, start + width);
    else {
      const total = largest + Math.log(row.reduce((sum, v) => sum + Math.exp(v - largest), 0));
      for (let k = 0; k < width; k++) result[start + k] = row[k]! - total;
    }
  }
  return result;
}

/** A model that classifies: itself, or its joint turned by Bayes' rule. Undefined when it can do neither. */
export function classifier(model: Capable): Classifier | undefined {
  if (has(model, "classifier")) return model;
  if (has(model, "joint")) return { classes: model.classes, logPosterior: (x) => posterior(model, x) };
  return undefined;
}

/** The likeliest class of each row, as an index into `model.classes`. */
export async function classify(model: Classifier, x: Rows): Promise<Int32Array> {
  const logPosterior = await read(model.logPosterior(x));
  const width = model.classes.length;
  return Int32Array.from({ length: x.length }, (_, i) => {
    let best = 0;
    for (let k = 1; k < width; k++)
      if (logPosterior[i * width + k]! > logPosterior[i * width + best]!) best = k;
    return best;
  });
}
