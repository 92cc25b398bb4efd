import { read, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose, ensureFinite } from "../../numbers/compare.js";

export const featuresRows = ofCapability({
  id: "features-rows",
  capability: "features",
  why: "Features are a finite vector for each row, the same each time, whatever rows stand beside it.",
  async run(model, subject) {
    const x = await subject.x();
    const values = await read(model.features(x));
    const width = values.length / x.length;
    ensure(Number.isInteger(width) && width >= 1, `${x.length} rows have ${values.length} numbers`);
    ensureFinite("features", values);
    ensureClose("features a second time", await read(model.features(x)), values, 0);
    const first = await read(model.features(slice(x, 0, 1)));
    ensureClose("features of the first row alone", first, values.slice(0, width), 1e-4);
    return `${width} numbers for each row`;
  },
});
