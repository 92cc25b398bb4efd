import { interpolate, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureRows } from "../../numbers/compare.js";

const steps = 5;

export const codecBetween = ofCapability({
  id: "codec-between",
  capability: "codec",
  why: "Whatever lies between two codes reconstructs to rows of the data, so that a model over the codes draws data.",
  async run(model, subject) {
    if (Object.values(model.codes.fields).some((field) => field.type !== "real" || field.sequence === true))
      return "codes are no real numbers of a fixed shape";
    const x = await subject.x();
    const path = await interpolate(model, slice(x, 0, 4), slice(x, 4, 8), { steps });
    ensureRows("reconstructions between codes", path, { count: 4 * steps, spec: model.spec, only: "x" });
    return undefined;
  },
});
