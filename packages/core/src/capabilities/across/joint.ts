import type { Encoding } from "../../data/types.js";
import { posterior } from "../posterior.js";
import type { Classifier, Joint } from "../types.js";
import { acrossDensity, encodeRows } from "./encode.js";

export const joint = (model: Joint, encoding: Encoding): Joint => ({
  classes: model.classes,
  logJoint: (x) => acrossDensity(encoding, x, (z) => model.logJoint(z)),
});

export const classifier = (model: Classifier, encoding: Encoding): Classifier => ({
  classes: model.classes,
  logPosterior: (x) => model.logPosterior(encodeRows(encoding, x)),
});

/** A joint that lost its density still knows p(y | encoded x). */
export const posteriorOnly = (model: Joint, encoding: Encoding): Classifier => ({
  classes: model.classes,
  logPosterior: (x) => posterior(model, encodeRows(encoding, x)),
});
