import { greater, max, where, zerosLike } from "../backend/engine.js";
import { logSoftmax } from "../backend/log-softmax.js";
import { read } from "../data/index.js";
import type { Rows } from "../data/types.js";
import { float64 } from "../math/index.js";
import { tidied } from "../sampling/tree.js";
import type { Values } from "../types.js";
import { has } from "./has.js";
import { likeliest } from "./likeliest.js";
import type { Capable, Classifier, Joint } from "./types.js";

/**
 * log p(y | x) by Bayes' rule: log p(x, y) - log sum_y' p(x, y'). Shape [rows, classes], in nats. Where every class
 * is impossible nothing is known, and the posterior is uniform.
 */
export function posterior(model: Joint, x: Rows): Values {
  return tidied(() => {
    const logJoint = model.logJoint(x);
    return logJoint instanceof Float64Array
      ? normalised64(logJoint, model.classes.length)
      : logSoftmax(where(greater(max(logJoint, -1, true), -Infinity), logJoint, zerosLike(logJoint)));
  });
}

function normalised64(logJoint: Float64Array, width: number): Float64Array {
  const result = new Float64Array(logJoint.length);
  for (let start = 0; start < logJoint.length; start += width) {
    const row = logJoint.subarray(start, start + width);
    const total = float64.logSumExp(row);
    for (let k = 0; k < width; k++)
      result[start + k] = total === -Infinity ? -Math.log(width) : row[k]! - total;
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
  return likeliest(await read(model.logPosterior(x)), model.classes.length);
}
