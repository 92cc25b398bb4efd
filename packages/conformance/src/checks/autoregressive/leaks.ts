import { tensor, tidy } from "@tensorflow/tfjs-core";
import { callLeaks } from "../../call-leaks.js";
import { release } from "../../tensors.js";

export const autoregressiveLeaks = callLeaks("autoregressive", {
  onRows: (model, rows) => ({ symbols: () => model.symbols(rows) }),
  others: (model) => ({
    begin: () => model.begin(2),
    append: () => {
      const state = model.begin(2);
      const symbols = tensor([0, 0], [2, 1], "int32");
      const longer = model.append(state, symbols);
      release([state, symbols, longer]);
    },
    next: () => {
      const state = model.begin(2);
      tidy(() => {
        model.next(state);
      });
      release(state);
    },
  }),
});
