import { tidy } from "@tensorflow/tfjs-core";
import { callLeaks } from "../../call-leaks.js";

/** The base borrows: who draws from it holds its tensors, here by tidy. */
export const flowLeaks = callLeaks("flow", {
  onRows: (model, rows) => ({ toLatent: () => model.toLatent(rows) }),
  others: (model, { key }) => ({
    base: () => tidy(() => [...model.base.sample(key.fold("base"), [3])]),
    fromLatent: () => {
      tidy(() => {
        model.fromLatent(model.base.sample(key.fold("latents"), [3]));
      });
    },
  }),
});
