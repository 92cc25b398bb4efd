import { sample, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureSameRows } from "../../numbers/compare.js";
import { shortDraw } from "../../short-draw.js";

export const samplePrefix = ofCapability({
  id: "sample-prefix",
  capability: "sample",
  why: "The first rows of a bigger draw with the same key are the same rows.",
  async run(model, { key }) {
    const draw = (count: number) => sample(model, shortDraw(model, key.fold("prefix"), count));
    // Products of matrices of unlike sizes may round unlike.
    ensureSameRows("the first 3 of 11 draws", slice(await draw(11), 0, 3), await draw(3), 1e-4);
    return undefined;
  },
});
