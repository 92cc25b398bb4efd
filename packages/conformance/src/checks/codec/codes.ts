import { ofCapability } from "../../definition.js";
import { ensureRows, ensureSameRows } from "../../numbers/compare.js";
import { taken } from "./taken.js";

export const codecCodes = ofCapability({
  id: "codec-codes",
  capability: "codec",
  why: "Codes are what their specification says, reconstructions what the data's says, and both are the same each time.",
  async run(model, subject) {
    const x = await subject.x();
    const codes = await taken(model.compress(x));
    ensureRows("codes", codes, { count: x.length, spec: model.codes });
    const again = await taken(model.reconstruct(codes));
    ensureRows("reconstructions", again, { count: x.length, spec: model.spec, only: "x" });
    ensureSameRows("codes a second time", await taken(model.compress(x)), codes);
    ensureSameRows("reconstructions a second time", await taken(model.reconstruct(codes)), again);
    return undefined;
  },
});
