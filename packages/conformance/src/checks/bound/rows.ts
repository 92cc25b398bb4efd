import { read } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureClose, ensureFinite } from "../../numbers/compare.js";

export const boundRows = ofCapability({
  id: "bound-rows",
  capability: "bound",
  why: "The bound is one finite number for each row of the data, the same with the same key.",
  async run(model, subject) {
    const x = await subject.x();
    for (const samples of [1, 3]) {
      const elbo = () => read(model.elbo(x, subject.key.fold("elbo"), samples));
      const first = await elbo();
      ensure(first.length === x.length, `the bound of ${x.length} rows has ${first.length} numbers`);
      ensureFinite(`the bound with ${samples} samples`, first);
      ensureClose("the bound with the same key", await elbo(), first, 0);
    }
    return undefined;
  },
});
