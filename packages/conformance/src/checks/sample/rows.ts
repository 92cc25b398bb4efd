import { has, read, sample } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureFinite, ensureRows } from "../../numbers/compare.js";
import { shortDraw } from "../../short-draw.js";

const count = 32;

export const sampleRows = ofCapability({
  id: "sample-rows",
  capability: "sample",
  why: "Samples are as many as asked for and are what the data's specification says; a density finds them possible.",
  async run(model, { key }) {
    const rows = await sample(model, shortDraw(model, key.fold("rows"), count));
    ensureRows("samples", rows, { count, spec: model.spec });
    if (has(model, "density")) ensureFinite("log p(x) of samples", await read(model.logProb(rows)));
    return undefined;
  },
});
