import { readSync } from "../../data/index.js";
import type { Encoding } from "../../data/types.js";
import { posterior } from "../posterior.js";
import type { Classifier, Joint } from "../types.js";
import { addPerRow } from "../values.js";
import { encodeRows } from "./encode.js";

export const joint = (model: Joint, encoding: Encoding): Joint => ({
  classes: model.classes,
  logJoint(x) {
    const z = encodeRows(encoding, x);
    return addPerRow(model.logJoint(z), readSync(encoding.logDet(x, z)));
  },
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
