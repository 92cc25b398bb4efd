import { slice as part } from "@tensorflow/tfjs-core";
import { hashRows, slice } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { ensureRows, ensureSameRows } from "../../numbers/compare.js";
import { tidied } from "../../tensors.js";
import { generated } from "./generated.js";

const count = 16;

export const implicitRows = ofCapability({
  id: "implicit-rows",
  capability: "implicit",
  why: "Noise becomes as many rows as there are of it, which are what the data's specification says, the same each time, whatever noise stands beside it, and others for other noise.",
  run(model, { key }) {
    tidied(() => {
      const z = model.noise.sample(key.fold("rows"), [count]);
      const rows = generated(model, z);
      ensureRows("what becomes of noise", rows, { count, spec: model.spec });
      ensureSameRows("rows from the same noise", generated(model, z), rows);
      const zeros = z.shape.slice(1).map(() => 0);
      const rest = z.shape.slice(1).map(() => -1);
      const alone = generated(model, part(z, [3, ...zeros], [1, ...rest]));
      // Products of matrices of unlike sizes may round unlike.
      ensureSameRows("the row of a noise by itself", alone, slice(rows, 3, 4), 1e-4);
      ensure(new Set(hashRows(rows)).size > 1, `${count} draws of noise all become the same row`);
    });
    return undefined;
  },
});
