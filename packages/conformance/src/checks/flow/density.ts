import { demand, has, readSync, type AnyInstance } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose } from "../../numbers/compare.js";
import { tidied } from "../../tensors.js";

export const flowDensity = ofCapability({
  id: "flow-density",
  capability: "flow",
  why: "Where there is an exact density it is the latents' with the log-determinant: log p(x) = log p(z) + log |det dz/dx|.",
  async run(model, subject) {
    if (!has(model as AnyInstance, "density")) return null;
    const x = await subject.x();
    tidied(() => {
      const { z, logDet } = model.toLatent(x);
      const [logProb, base] = [demand(model, "density").logProb(x), model.base.logProb(z)];
      const determinant = readSync(logDet);
      const sum = readSync(base).map((value, row) => value + determinant[row]!);
      ensureClose("log p(x)", readSync(logProb), sum, 1e-4);
    });
    return undefined;
  },
});
