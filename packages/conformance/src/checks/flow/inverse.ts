import { downloadSync, select } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensureClose, ensureSameRows } from "../../numbers/compare.js";
import { tidied } from "../../tensors.js";
import { inOwnSpace, numbersOf, ownRows } from "./own-space.js";

const count = 16;

export const flowInverse = ofCapability({
  id: "flow-inverse",
  capability: "flow",
  why: "The two directions undo each other: latents of data give the data again, and data of latents the latents.",
  async run(model, subject) {
    const x = await subject.x(count);
    tidied(() => {
      const flow = inOwnSpace(model);
      const own = ownRows(model, x, subject);
      const again = downloadSync(flow.fromLatent(flow.toLatent(own).z));
      ensureSameRows("data of the latents of data", again, select(own, Object.keys(again.columns)), 1e-4);
      const z = flow.base.sample(subject.key.fold("inverse"), [count]);
      const back = flow.toLatent(downloadSync(flow.fromLatent(z))).z;
      ensureClose("latents of the data of latents", numbersOf(back), numbersOf(z), 1e-3);
    });
    return undefined;
  },
});
