import { read, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose, ensureFinite } from "../../numbers/compare.js";

export const densityRows = ofCapability({
  id: "density-rows",
  capability: "density",
  why: "log p(x) is one finite number for each row of the data, whatever rows stand beside it.",
  async run(model, subject) {
    const x = await subject.x();
    const together = await read(model.logProb(x));
    ensure(together.length === x.length, `log p(x) of ${x.length} rows has ${together.length} numbers`);
    ensureFinite("log p(x)", together);
    const alone = new Float64Array(x.length);
    for (let row = 0; row < x.length; row++)
      alone[row] = (await read(model.logProb(slice(x, row, row + 1))))[0]!;
    ensureClose("log p(x) of rows together, beside one by one", together, alone, 1e-4);
    return undefined;
  },
});
